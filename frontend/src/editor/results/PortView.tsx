import { Button } from "@mantine/core";
import type { NodeRun } from "../../api/types";
import { datasetOf } from "../../graph/reference";
import type { GraphNode, PortSpec } from "../../graph/types";
import { useNodeRun } from "../run/hooks";
import { isLeftOut } from "../../runs/leftOut";
import { failureText } from "../../runs/failureText";
import { useStaleReason } from "../run/stale";
import { CodeText } from "../../ui/CodeText";
import { EmptyState } from "../../ui/EmptyState";
import { useCatalog } from "../store/catalog";
import { perform } from "../commands/command";
import { openCompareModels } from "../commands/openCompareModels";
import { runCommand } from "../commands/running";
import { originOf } from "../run/nodeResult";
import { useReadOnly } from "../store/store";
import { addQuery } from "./addQuery";
import { openCompare } from "./openCompare";
import { usePicture } from "./usePicture";
import classes from "./PortView.module.css";
import { OutputView } from "../../results/views/OutputView";

/** What lies on an output port; where nothing does, why, and what to do. */
export function PortView({ node, port }: { node: GraphNode; port: PortSpec }) {
  const run = useNodeRun(node.id);
  const catalog = useCatalog();
  const output = run?.outputs[port.name];
  const stale = useStaleReason(node.id);
  const readOnly = useReadOnly();
  const picture = usePicture(node, port, output?.artifact);
  const ways = {
    onAddModule: readOnly ? undefined : (sql: string) => addQuery(node.id, port.name, sql),
  };
  if (output) {
    const { artifact, type } = output;
    return (
      <div className={classes.view}>
        {stale ? <p className={classes.stale}>Not up to date: {stale}</p> : null}
        <div className={classes.output}>
          <OutputView
            artifact={artifact}
            type={type}
            label={port.label}
            origin={() => originOf(node.id)}
            picture={picture}
            onCompare={() =>
              type === "model"
                ? openCompareModels(artifact)
                : openCompare({ node: node.id, port: port.name, artifact, label: port.label })
            }
            {...ways}
          />
        </div>
      </div>
    );
  }
  // What a prior run did not leave is not what the library holds today.
  const named = datasetOf(catalog, node);
  const dataset = readOnly
    ? undefined
    : catalog.datasets.find(({ name, latest }) => latest && name === named);
  if (dataset?.artifact)
    return <OutputView artifact={dataset.artifact} type={dataset.kind} label={dataset.name} {...ways} />;
  return <Nothing run={run} />;
}

function Nothing({ run }: { run: NodeRun | undefined }) {
  const readOnly = useReadOnly();
  switch (run?.state) {
    case "queued":
      return <EmptyState title="Waiting">The node runs as soon as its inputs are ready.</EmptyState>;
    case "running":
      return (
        <EmptyState title="Running">The result is shown when the node is done. Its log is live.</EmptyState>
      );
    case "failed":
      return (
        <EmptyState title="The node failed">
          Its log says why: <CodeText>{run.error ? failureText(run.error) : ""}</CodeText>
        </EmptyState>
      );
    case "skipped":
      return (
        <EmptyState title="Skipped">
          {run.reason}.{" "}
          {isLeftOut(run) ? "Unpin that one to run this node." : "Fix that one, then run again."}
        </EmptyState>
      );
    case "cancelled":
      return <EmptyState title="Cancelled">The run was cancelled before this result was ready.</EmptyState>;
    case "finished":
      return <EmptyState title="Nothing came out of this port">The node gave no output here.</EmptyState>;
    default:
      return (
        <EmptyState
          title="Not run yet"
          actions={
            readOnly ? null : (
              <Button size="xs" onClick={() => perform(runCommand)}>
                Run the experiment
              </Button>
            )
          }
        >
          Run the experiment to see what comes out here.
        </EmptyState>
      );
  }
}
