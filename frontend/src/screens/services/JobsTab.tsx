import { useQuery } from "@tanstack/react-query";
import { jobsQuery } from "../../api/serviceJobs";
import type { Service } from "../../api/services";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { JobForm } from "./JobForm";
import { JobItem } from "./JobItem";
import classes from "./JobsTab.module.css";
import screen from "./ServiceScreen.module.css";

/** Whole datasets through the service: sent at the left; at the right what became of them. */
export function JobsTab({ service }: { service: Service }) {
  const jobs = useQuery(jobsQuery(service.id));
  return (
    <div className={screen.columns}>
      <JobForm service={service} />
      <section aria-label="Jobs">
        <h2 className={screen.heading}>Jobs</h2>
        {jobs.error && !jobs.data ? (
          <ProblemMessage
            title="Could not load the jobs"
            error={jobs.error}
            onRetry={() => void jobs.refetch()}
          />
        ) : !jobs.data ? (
          <Loading label="Looking for jobs…" />
        ) : jobs.data.length === 0 ? (
          <p className={screen.note}>None yet. Jobs that programs send are listed here too.</p>
        ) : (
          <ul className={classes.jobs}>
            {jobs.data.map((job) => (
              <JobItem key={job.id} service={service} job={job} />
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}
