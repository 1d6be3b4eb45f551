import { Button, Group } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useMutation, useQuery } from "@tanstack/react-query";
import { differenceQuery, trainAgain as begin, type ModelDifference } from "../../api/models";
import { runQuery } from "../../api/runs";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { count, plural } from "../../ui/words";
import { metricText } from "../evaluation/Metrics";
import { saveAsDataset } from "../outputs/saveAsDataset";
import { Grid } from "./Grid";
import classes from "./Models.module.css";

const POLL = 700;

/** Trains a model once more on the data that it was made from, and lays the two side by side. */
export function trainAgain(artifact: string): void {
  modals.open({ title: "Train again", size: "lg", children: <Again artifact={artifact} /> });
}

function Again({ artifact }: { artifact: string }) {
  const begun = useMutation({ mutationFn: () => begin(artifact) });
  const run = useQuery({
    ...runQuery(begun.data?.run ?? ""),
    enabled: begun.data !== undefined,
    refetchInterval: ({ state }) => (isOver(state.data?.state) ? false : POLL),
  });
  const node = begun.data && run.data?.nodes[begun.data.node];
  const made = begun.data && node?.outputs[begun.data.port]?.artifact;
  if (begun.error) return <ProblemMessage title="It cannot be trained again" error={begun.error} />;
  if (!begun.data)
    return (
      <div className={classes.export}>
        <p className={classes.note}>
          The node that made this model runs once more: the same data, settings and seed, and the libraries
          that are installed now. This model stays as it is. Then both score the training rows that it kept.
        </p>
        <Group justify="flex-end">
          <Button loading={begun.isPending} onClick={() => begun.mutate()} data-autofocus>
            Train again
          </Button>
        </Group>
      </div>
    );
  if (run.error) return <ProblemMessage title="The run cannot be seen" error={run.error} />;
  if (!isOver(run.data?.state)) return <Loading label="Training…" />;
  if (made === undefined)
    return (
      <ProblemMessage
        title="The training did not finish"
        error={new Error(node?.error?.message ?? "The run was cancelled.")}
      />
    );
  return <Compared old={artifact} made={made} />;
}

const isOver = (state: string | undefined): boolean =>
  state === "finished" || state === "failed" || state === "cancelled";

function Compared({ old, made }: { old: string; made: string }) {
  const { data, error } = useQuery(differenceQuery(old, made));
  return (
    <div className={classes.export}>
      {error ? <ProblemMessage title="The two cannot be compared" error={error} /> : null}
      {!data && !error ? <Loading label="Scoring the training rows with both…" /> : null}
      {data ? <Difference data={data} same={old === made} /> : null}
      <Group justify="flex-end">
        {old === made ? null : (
          <Button
            component="a"
            variant="default"
            href={`/artifacts/${made}?${new URLSearchParams({ name: "Trained again" }).toString()}`}
          >
            Open the new model
          </Button>
        )}
        <Button onClick={() => saveAsDataset(made)}>Save the new model as dataset…</Button>
      </Group>
    </div>
  );
}

function Difference({ data, same }: { data: ModelDifference; same: boolean }) {
  const rows: [string, string][] = [
    ["Training rows scored with both", count(data.rows)],
    ["Largest difference", data.largest === 0 ? "none" : metricText(data.largest)],
    ["Mean difference", data.mean === 0 ? "none" : metricText(data.mean)],
  ];
  if (data.other_labels !== null && data.other_labels !== undefined)
    rows.push(["Rows of another class", count(data.other_labels)]);
  return (
    <>
      <p className={classes.note} role="status">
        {same
          ? "The new model is the same, byte for byte."
          : data.largest === 0
            ? "The new model scores these rows as the old one does."
            : "The new model scores some rows otherwise."}
      </p>
      <dl className={classes.cardRows}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {data.worst.length > 0 ? (
        <div className={classes.inputs}>
          <Grid
            label={`${data.of}: the ${plural(data.worst.length, "row")} farthest apart`}
            head={["Row", "Old", "New"]}
            rows={data.worst.map(({ row, old, new: now }) => [count(row), metricText(old), metricText(now)])}
          />
        </div>
      ) : null}
    </>
  );
}
