import { Button } from "@mantine/core";
import { IconDownload, IconFlask } from "@tabler/icons-react";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { datasetDownloadUrl } from "../../api/datasets";
import type { Dataset } from "../../api/types";
import { InlineRename } from "../../ui/InlineRename";
import { DatasetActions } from "./DatasetActions";
import { DatasetFacts } from "./DatasetFacts";
import { DatasetLineage } from "../../library/DatasetLineage";
import { DatasetRejected } from "./DatasetRejected";
import classes from "./DatasetScreen.module.css";
import { useChangeDataset } from "./useChangeDataset";
import { useInNewExperiment } from "../../library/useInNewExperiment";
import { VersionMenu } from "./VersionMenu";

export function DatasetHeader({ dataset }: { dataset: Dataset }) {
  const navigate = useNavigate();
  const change = useChangeDataset(dataset);
  const use = useInNewExperiment();
  const [renaming, setRenaming] = useState(false);
  return (
    <header className={classes.header}>
      <Link to="/datasets" className={classes.crumb}>
        Datasets
      </Link>
      <div className={classes.line}>
        {renaming ? (
          <InlineRename
            label={`New name of ${dataset.name}`}
            name={dataset.name}
            onDone={(name) => {
              setRenaming(false);
              if (name !== null) change.mutate({ name });
            }}
          />
        ) : (
          <h1 className={classes.title} title={dataset.name}>
            {dataset.name}
          </h1>
        )}
        <VersionMenu dataset={dataset} />
        <div className={classes.tools}>
          {dataset.state === "ready" ? (
            <Button
              variant="default"
              leftSection={<IconFlask size={16} />}
              loading={use.isPending}
              onClick={() => use.mutate(dataset)}
            >
              Use in a new experiment
            </Button>
          ) : null}
          <Button
            component="a"
            href={datasetDownloadUrl(dataset.id)}
            download
            variant="default"
            leftSection={<IconDownload size={16} />}
          >
            Download original
          </Button>
          <DatasetActions
            dataset={dataset}
            onRename={() => setRenaming(true)}
            onDeleted={() => void navigate("/datasets")}
          />
        </div>
      </div>
      <DatasetFacts dataset={dataset} />
      <DatasetLineage dataset={dataset} />
      <DatasetRejected dataset={dataset} />
      {dataset.description ? <p className={classes.description}>{dataset.description}</p> : null}
      {dataset.latest || dataset.state !== "ready" ? null : (
        <p className={classes.old}>
          This is an earlier version. Experiments that name “{dataset.name}” use the latest one; to use this
          one, name “{dataset.name}@{dataset.version}”.
        </p>
      )}
    </header>
  );
}
