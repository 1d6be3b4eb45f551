import { Link } from "react-router";
import type { Dataset } from "../../../api/types";
import { UsedByMenu } from "../../../library/UsedByMenu";
import { DatasetLineage } from "../../../library/DatasetLineage";
import classes from "./DatasetPlace.module.css";

/** Where the chosen dataset came from, what was made of it, and the way to its page. */
export function DatasetPlace({ dataset }: { dataset: Dataset }) {
  return (
    <div className={classes.place}>
      <DatasetLineage dataset={dataset} />
      <Link to={`/datasets/${dataset.id}`} className={classes.link}>
        Open version {dataset.version}
      </Link>
      {dataset.used_by ? <UsedByMenu dataset={dataset} /> : null}
    </div>
  );
}
