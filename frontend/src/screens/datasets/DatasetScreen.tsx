import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { datasetQuery } from "../../api/datasets";
import { isProblem } from "../../api/problem";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { useTitle } from "../../ui/useTitle";
import { NotFound } from "../../ui/NotFound";
import { DatasetContent } from "./DatasetContent";
import { DatasetHeader } from "./DatasetHeader";
import classes from "./DatasetScreen.module.css";

/** One dataset: its facts above, its rows below. */
export function DatasetScreen() {
  const { id = "" } = useParams();
  const dataset = useQuery(datasetQuery(id));
  useTitle(dataset.data?.name);
  if (isProblem(dataset.error) && dataset.error.status === 404) return <NotFound what="This dataset" />;
  if (dataset.isPending) return <Loading label="Opening the dataset…" />;
  if (!dataset.data) {
    return (
      <div className={classes.problem}>
        <ProblemMessage
          title="Could not open the dataset"
          error={dataset.error}
          onRetry={() => void dataset.refetch()}
        />
      </div>
    );
  }
  return (
    <div className={classes.screen}>
      <DatasetHeader dataset={dataset.data} />
      <DatasetContent dataset={dataset.data} />
    </div>
  );
}
