import type { NodeRun } from "../../api/types";
import { useNodeRun } from "../run/hooks";
import { CodeText } from "../../ui/CodeText";
import { bytes, duration, moment } from "../../ui/words";
import { useElapsed } from "../../ui/useElapsed";
import classes from "./PropertiesPanel.module.css";
import { TimeBar } from "./TimeBar";

const WORTH_TELLING_S = 0.0005;

/** Why the node ran and where its time went; folded, for those who ask. */
export function NodeRunFacts({ id }: { id: string }) {
  const run = useNodeRun(id);
  const elapsed = useElapsed(run ?? null);
  if (!run || run.state === "queued") return null;
  return (
    <section className={classes.section} aria-label="In the run">
      <details className={classes.help}>
        <summary>In the run{elapsed === null ? "" : `: ${duration(elapsed)}`}</summary>
        <div className={classes.limits}>
          <Facts run={run} elapsed={elapsed} />
          {elapsed !== null && run.timings && run.finished ? (
            <TimeBar timings={run.timings} tookMs={elapsed} />
          ) : null}
        </div>
      </details>
    </section>
  );
}

/** What a wait before the start, and a commit after the end, came to; those of a moment are not worth a line. */
function aroundIt({ queued = 0, committing = 0 }: Record<string, number>): string {
  const parts = [
    queued >= WORTH_TELLING_S ? `${duration(queued * 1000)} of waiting before` : "",
    committing >= WORTH_TELLING_S ? `${duration(committing * 1000)} of recording after` : "",
  ].filter(Boolean);
  return parts.length ? `, without ${parts.join(" and ")}` : "";
}

function Facts({ run, elapsed }: { run: NodeRun; elapsed: number | null }) {
  return (
    <dl className={classes.facts}>
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
