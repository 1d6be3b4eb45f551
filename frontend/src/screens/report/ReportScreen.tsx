import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { experimentQuery } from "../../api/experiments";
import { isProblem } from "../../api/problem";
import { latestReportQuery } from "../../api/runs";
import { OutputView } from "../../results/views/OutputView";
import { EmptyState } from "../../ui/EmptyState";
import { Loading } from "../../ui/Loading";
import { NotFound } from "../../ui/NotFound";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { useTitle } from "../../ui/useTitle";
import classes from "../artifact/ArtifactScreen.module.css";

/** The page that a link to a report leads to: always the report of the latest run that made one. */
export function ReportScreen() {
  const { id = "", node = "" } = useParams();
  const experiment = useQuery(experimentQuery(id));
  const report = useQuery(latestReportQuery(id, node));
  const name = experiment.data?.name ?? "Report";
  useTitle(`Report of ${name}`);
  const error = experiment.error ?? report.error;
  if (isProblem(error) && error.status === 404) return <NotFound what="This report" />;
  if (report.isPending || experiment.isPending) return <Loading label="Opening the report…" />;
  if (error) {
    return (
      <ProblemMessage
        title="Could not open the report"
        error={error}
        onRetry={() => {
          void experiment.refetch();
          void report.refetch();
        }}
      />
    );
  }
  return (
    <div className={classes.screen}>
      <header className={classes.head}>
        <h1 className={classes.title}>
          <Link to={`/experiments/${id}`}>{name}</Link>
        </h1>
        {report.data ? <span className={classes.id}>run {report.data.run}</span> : null}
      </header>
      <div className={classes.content}>
        {report.data ? (
          <OutputView artifact={report.data.artifact} type="device" label="Report" />
        ) : (
          <EmptyState title="No report yet">
            It stands here as soon as a run of the experiment has made it.
          </EmptyState>
        )}
      </div>
    </div>
  );
}
