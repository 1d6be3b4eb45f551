import { Progress } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import type { Dataset } from "../../api/types";
import { importError } from "../../api/datasets";
import classes from "./Datasets.module.css";

/** Ready says nothing; importing shows how far; failed says why. */
export function DatasetState({ dataset }: { dataset: Dataset }) {
  if (dataset.state === "importing") {
    const percent =
      dataset.progress === null || dataset.progress === undefined ? null : dataset.progress * 100;
    return (
      <span className={classes.importing} role="status">
        Importing{percent === null ? "…" : ` ${Math.round(percent)} %`}
        <Progress
          value={percent ?? 100}
          animated={percent === null}
          size={4}
          className={classes.bar}
          aria-label={`Import of ${dataset.name}`}
        />
      </span>
    );
  }
  if (dataset.state === "failed") {
    return (
      <span className={classes.failed} title={importError(dataset)}>
        <IconAlertCircle size={14} aria-hidden />
        <span className={classes.sentence}>{importError(dataset)}</span>
      </span>
    );
  }
  return <span className={classes.ready}>Ready</span>;
}
