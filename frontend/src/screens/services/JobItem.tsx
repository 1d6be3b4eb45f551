import { Button, Menu, Progress } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "react-router";
import {
  cancelJob,
  isUnderWay,
  jobOutputUrl,
  jobsQuery,
  type JobOutput,
  type ServiceJob,
} from "../../api/serviceJobs";
import type { Service } from "../../api/services";
import { followDownload } from "../../ui/download";
import { showProblem } from "../../ui/showProblem";
import { StateBadge } from "../../ui/StateBadge";
import { When } from "../../ui/When";
import { plural } from "../../ui/words";
import classes from "./JobsTab.module.css";

const FORMATS = [
  { value: "csv", label: "CSV" },
  { value: "parquet", label: "Parquet" },
  { value: "arrow", label: "Arrow" },
  { value: "jsonl", label: "JSON Lines" },
];

interface Props {
  service: Service;
  job: ServiceJob;
}

/** One job: how it stands, how far it is, and what it left. */
export function JobItem({ service, job }: Props) {
  const queries = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => cancelJob(service.id, job.id),
    onSuccess: () => queries.invalidateQueries({ queryKey: jobsQuery(service.id).queryKey }),
    onError: (error) => showProblem("The job was not cancelled", error),
  });
  return (
    <li className={classes.job}>
      <div className={classes.line}>
        <StateBadge state={job.state} />
        <span className={classes.facts}>
          Version {job.version}, <When at={job.created} />
        </span>
        {isUnderWay(job) ? (
          <Button
            size="compact-xs"
            variant="default"
            loading={cancel.isPending}
            onClick={() => cancel.mutate()}
          >
            Cancel
          </Button>
        ) : null}
      </div>
      {isUnderWay(job) ? (
        <Progress value={100 * (job.progress ?? 0)} animated aria-label="How far the job is" />
      ) : null}
      {job.error ? <p className={classes.error}>{job.error.message}</p> : null}
      {Object.entries(job.outputs ?? {}).map(([name, output]) => (
        <Left key={name} service={service} job={job} name={name} output={output} />
      ))}
    </li>
  );
}

/** What the job left on one output. */
function Left({ service, job, name, output }: Props & { name: string; output: JobOutput }) {
  const isTable = output.type === "table";
  return (
    <div className={classes.line}>
      <Link to={`/artifacts/${output.artifact}`} className={classes.open}>
        {name}
      </Link>
      <span className={classes.facts}>{isTable ? plural(output.rows ?? 0, "row") : output.type}</span>
      {isTable ? (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<IconDownload size={14} />}
              aria-label={`Download ${name}`}
            >
              Download
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {FORMATS.map(({ value, label }) => (
              <Menu.Item
                key={value}
                onClick={() => followDownload(jobOutputUrl(service.id, job.id, name, value))}
              >
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : null}
    </div>
  );
}
