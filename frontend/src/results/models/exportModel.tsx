import { Button, Group } from "@mantine/core";
import { modals } from "@mantine/modals";
import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { artifactDownloadUrl } from "../../api/artifacts";
import { exportQuery, type ModelExport, type ModelFormat } from "../../api/models";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { count, plural } from "../../ui/words";
import { metricText } from "../evaluation/Metrics";
import { Grid } from "./Grid";
import classes from "./Models.module.css";

const NAMES: Record<ModelFormat, string> = { skops: "skops", onnx: "ONNX" };

/** Shows how near a file for other tools is to the model, and offers it. */
export function exportModel(artifact: string, format: ModelFormat): void {
  modals.open({
    title: `Export as ${NAMES[format]}`,
    size: "lg",
    children: <Export artifact={artifact} format={format} />,
  });
}

function Export({ artifact, format }: { artifact: string; format: ModelFormat }) {
  const { data, error, refetch } = useQuery(exportQuery(artifact, format));
  if (error)
    return (
      <ProblemMessage
        title={`There is no ${NAMES[format]} file of this model`}
        error={error}
        onRetry={() => void refetch()}
      />
    );
  if (!data) return <Loading label="Making the file, and scoring training rows with it…" />;
  return (
    <div className={classes.export}>
      <Checked made={data} />
      {data.notes.length > 0 ? (
        <ul className={classes.notes}>
          {data.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      ) : null}
      {data.trust.length > 0 ? (
        <p className={classes.note}>
          skops asks whoever opens the file to trust: {data.trust.join(", ")}. Open it only if you trust where
          the model came from.
        </p>
      ) : null}
      <div className={classes.inputs}>
        <Grid
          label={plural(data.inputs.length, "input")}
          head={["Input", "Column", "Type"]}
          rows={data.inputs.map(({ name, column, type }) => [name, column, type])}
        />
      </div>
      <Group justify="flex-end">
        <Button
          component="a"
          href={artifactDownloadUrl(artifact, format)}
          download
          leftSection={<IconDownload size={14} />}
          data-autofocus
        >
          Download model.{format}
        </Button>
      </Group>
    </div>
  );
}

function Checked({ made }: { made: ModelExport }) {
  const rows: [string, string][] = [
    ["Training rows scored with both", count(made.compared)],
    ["Largest difference of a score", made.apart === 0 ? "none" : metricText(made.apart)],
    ["Rows of another class", count(made.other_labels)],
  ];
  return (
    <dl className={classes.cardRows}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
