import { Button, Progress, VisuallyHidden } from "@mantine/core";
import { IconFileUnknown } from "@tabler/icons-react";
import { importError } from "../../api/datasets";
import type { Dataset } from "../../api/types";
import { EmptyState } from "../../ui/EmptyState";
import { TableActions } from "../../results/outputs/TableActions";
import { TableView } from "../../results/table/TableView";
import { BundleFiles } from "../../results/outputs/BundleFiles";
import { headingOf } from "../../results/wireTypes";
import { OutputView } from "../../results/views/OutputView";
import classes from "./DatasetScreen.module.css";
import { openUploadForm } from "./UploadForm";

/** What a dataset holds, or why there is nothing yet. */
export function DatasetContent({ dataset }: { dataset: Dataset }) {
  if (dataset.state === "importing") return <Importing dataset={dataset} />;
  if (dataset.state === "failed" || !dataset.artifact) return <Failed dataset={dataset} />;
  return (
    <section className={classes.content} aria-label="Content">
      <VisuallyHidden component="h2">{headingOf(dataset.kind)}</VisuallyHidden>
      {dataset.kind === "table" ? (
        <TableView
          artifactId={dataset.artifact}
          label={`Rows of ${dataset.name}`}
          actions={<TableActions artifact={dataset.artifact} label={dataset.name} save={false} />}
        />
      ) : dataset.kind === "bundle" ? (
        <BundleFiles artifact={dataset.artifact} />
      ) : (
        <OutputView artifact={dataset.artifact} type={dataset.kind} label={dataset.name} />
      )}
    </section>
  );
}

function Importing({ dataset: { name, progress } }: { dataset: Dataset }) {
  const known = typeof progress === "number";
  return (
    <div className={classes.middle} role="status">
      <strong>Reading the file…</strong>
      <Progress
        className={classes.progress}
        value={known ? progress * 100 : 100}
        animated={!known}
        aria-label={`Import of ${name}`}
      />
      <span>The rows appear here when the import is done. You can leave this page meanwhile.</span>
    </div>
  );
}

function Failed({ dataset }: { dataset: Dataset }) {
  return (
    <EmptyState
      icon={<IconFileUnknown size={24} stroke={1.5} />}
      title="This file could not be read"
      actions={<Button onClick={() => openUploadForm(dataset)}>Upload it in another format</Button>}
    >
      {importError(dataset)}
    </EmptyState>
  );
}
