import { Button } from "@mantine/core";
import type { NodeRun, OutputEntry } from "../../api/types";
import type { ModuleSpec } from "../../graph/types";
import { useNodeRun } from "../../runs/hooks";
import { useStaleReason } from "../../runs/stale";
import { failureText } from "../../runs/failureText";
import { CodeText } from "../../ui/CodeText";
import { StateBadge } from "../../ui/StateBadge";
import { bytes, duration, moment, plural } from "../../ui/words";
import { QueuePlace } from "../canvas/NodeState";
import { useElapsed } from "../canvas/useElapsed";
import { goToLine } from "../goToLine";
import { openPanel } from "../layout";
import { showPort } from "../store/selection";
import classes from "./PropertiesPanel.module.css";
import { TimeBar } from "./TimeBar";

const WORTH_TELLING_S = 0.0005;

/** How the node fared, and what lies on its ports. */
export function NodeRunFacts({ id, module }: { id: string; module: ModuleSpec | undefined }) {
  const run = useNodeRun(id);
  if (!run) return null;
  return (
    <section className={classes.section} aria-label="In the run">
      <h3 className={classes.subtitle}>In the run</h3>
      <Facts id={id} run={run} />
      <Times run={run} />
      {run.error ? (
        <>
          <p className={classes.failure} role="alert">
            <CodeText>{failureText(run.error)}</CodeText>
          </p>
          {run.error.line ? (
            <Button size="compact-xs" variant="default" onClick={() => goToLine(id, run.error?.line ?? 1)}>
              Go to line {run.error.line}
            </Button>
          ) : null}
        </>
      ) : null}
      <ul className={classes.outputs}>
        {Object.entries(run.outputs).map(([port, output]) => (
          <li key={port}>
            <button
              type="button"
              className={classes.output}
              onClick={() => {
                showPort(id, port);
                openPanel("results");
              }}
            >
              <span>{module?.outputs.find((one) => one.name === port)?.label ?? port}</span>
              <span className={classes.muted}>
                {run.dataset ? `version ${run.dataset.version}, ` : ""}
                {size(output)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Where the time of a node that ended went. */
function Times({ run }: { run: NodeRun }) {
  const took = useElapsed(run);
  if (took === null || !run.timings || !run.finished) return null;
  return <TimeBar timings={run.timings} tookMs={took} />;
}

/** What a wait before the start, and a commit after the end, came to; those of a moment are not worth a line. */
function aroundIt({ queued = 0, committing = 0 }: Record<string, number>): string {
  const parts = [
    queued >= WORTH_TELLING_S ? `${duration(queued * 1000)} of waiting before` : "",
    committing >= WORTH_TELLING_S ? `${duration(committing * 1000)} of recording after` : "",
  ].filter(Boolean);
  return parts.length ? `, without ${parts.join(" and ")}` : "";
}

function Facts({ id, run }: { id: string; run: NodeRun }) {
  const stale = useStaleReason(id);
  const elapsed = useElapsed(run);
  return (
    <dl className={classes.facts}>
      <dt>State</dt>
      <dd>
        <StateBadge state={run.state} {...(run.cached && { detail: "cached" })} />
      </dd>
      {run.state === "queued" ? (
        <>
          <dt>Queue</dt>
          <dd>
            <QueuePlace id={id} />
          </dd>
        </>
      ) : null}
      {stale ? (
        <>
          <dt>Stale</dt>
          <dd className={classes.stale}>{stale}</dd>
        </>
      ) : null}
      {run.reason ? (
        <>
          <dt>Why</dt>
          <dd>
            <CodeText>{run.reason}</CodeText>
          </dd>
        </>
      ) : null}
      {run.started ? (
        <>
          <dt>Started</dt>
          <dd>{moment(run.started)}</dd>
        </>
      ) : null}
      {elapsed !== null ? (
        <>
          <dt>Took</dt>
          <dd>
            {duration(elapsed)}
            <span className={classes.muted}>{aroundIt(run.timings ?? {})}</span>
          </dd>
        </>
      ) : null}
      {run.peak_bytes ? (
        <>
          <dt>Memory</dt>
          <dd>{bytes(run.peak_bytes)}</dd>
        </>
      ) : null}
    </dl>
  );
}

/** "768 rows × 9 columns", "2 pictures", "12 kB" */
export function size(output: OutputEntry): string {
  if (output.type === "table")
    return `${plural(output.rows ?? 0, "row")} × ${plural(output.columns ?? 0, "column")}`;
  if (output.type === "device") return output.pictures ? plural(output.pictures, "picture") : "text";
  return bytes(output.bytes ?? 0);
}
