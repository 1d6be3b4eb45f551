import { Link } from "react-router";
import type { Dataset } from "../../api/types";
import { InlineRename } from "../../ui/InlineRename";
import { ShelfNote } from "../shelf/ShelfNote";
import { prefetchDataset } from "./prefetchDataset";
import classes from "./Datasets.module.css";
import { useChangeDataset } from "./useChangeDataset";

interface Props {
  dataset: Dataset;
  renaming: boolean;
  onRenamed: () => void;
}

export function DatasetName({ dataset, renaming, onRenamed }: Props) {
  const change = useChangeDataset(dataset);
  if (renaming) {
    return (
      <InlineRename
        label={`New name of ${dataset.name}`}
        name={dataset.name}
        onDone={(name) => {
          onRenamed();
          if (name !== null) change.mutate({ name });
        }}
      />
    );
  }
  const name = (change.isPending ? change.variables.name : undefined) ?? dataset.name;
  const prefetch = () => void prefetchDataset(dataset).catch(() => undefined);
  return (
    <div className={classes.name}>
      <Link
        to={`/datasets/${dataset.id}`}
        className={classes.link}
        title={name}
        onPointerEnter={prefetch}
        onFocus={prefetch}
      >
        {name}
      </Link>
      {dataset.version > 1 ? <span className={classes.version}>version {dataset.version}</span> : null}
      {dataset.sample ? <span className={classes.tag}>Sample</span> : null}
      <ShelfNote item={dataset} />
      {dataset.description ? (
        <span className={classes.description} title={dataset.description}>
          {dataset.description}
        </span>
      ) : null}
    </div>
  );
}
