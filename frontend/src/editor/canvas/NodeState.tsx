import {
  IconBan,
  IconBolt,
  IconCircleCheckFilled,
  IconCircleXFilled,
  IconClock,
  IconLoader2,
  IconPlayerPauseFilled,
  IconPlayerSkipForward,
  IconRefreshAlert,
} from "@tabler/icons-react";
import type { NodeRun } from "../../api/types";
import { useCurrentRun, useNodeRun } from "../run/hooks";
import { queuePlace } from "../../runs/progress";
import { useStaleReason } from "../run/stale";
import { CodeText } from "../../ui/CodeText";
import { duration } from "../../ui/words";
import classes from "./NodeState.module.css";
import { NodeProgress } from "./NodeProgress";
import { useElapsed } from "../../ui/useElapsed";
import { Tip } from "../../ui/Tip";

const LOOKS = {
  queued: { word: "Queued", Icon: IconClock },
  running: { word: "Running", Icon: IconLoader2 },
  finished: { word: "Finished", Icon: IconCircleCheckFilled },
  failed: { word: "Failed", Icon: IconCircleXFilled },
  cancelled: { word: "Cancelled", Icon: IconBan },
  skipped: { word: "Skipped", Icon: IconPlayerSkipForward },
} as const;
const PAUSED = { word: "Paused in the debugger", Icon: IconPlayerPauseFilled };

/** How the node stands in the run that is shown. Reads its own node's state: no other node is redrawn. */
export function NodeState({ id }: { id: string }) {
  const run = useNodeRun(id);
  const stale = useStaleReason(id);
  if (!run) return null;
  const hasEnded = run.state !== "queued" && run.state !== "running";
  return <Badge id={id} run={run} stale={hasEnded ? stale : ""} />;
}

function Badge({ id, run, stale }: { id: string; run: NodeRun; stale: string }) {
  const elapsed = useElapsed(run.state === "running" || run.state === "finished" ? run : null);
  const paused = Boolean(run.paused);
  const { word, Icon } = paused ? PAUSED : LOOKS[run.state];
  const cached = run.state === "finished" && run.cached;
  const said = `${word}${cached ? ", from the cache" : ""}${stale ? ", stale" : ""}`;
  const Mark = stale ? IconRefreshAlert : cached ? IconBolt : Icon;
  const look = {
    "data-state": run.state,
    "data-cached": cached,
    "data-paused": paused,
    "data-stale": stale !== "",
  };
  return (
    <>
      <span className={classes.frame} {...look} aria-hidden />
      <Tip label={<Hint id={id} run={run} said={said} stale={stale} />} multiline maw={320} openDelay={250}>
        <span className={classes.state} {...look}>
          <span role="img" aria-label={said} className={classes.mark}>
            <Mark size={16} stroke={2} aria-hidden />
          </span>
          <NodeProgress of={run} />
          {elapsed !== null && !cached ? <span className={classes.elapsed}>{duration(elapsed)}</span> : null}
        </span>
      </Tip>
    </>
  );
}

/** Drawn only while the pointer rests on the badge: its place in the queue changes with every node that starts. */
function Hint({ id, run, said, stale }: { id: string; run: NodeRun; said: string; stale: string }) {
  return (
    <>
      {said}. {run.state === "queued" ? <QueuePlace id={id} /> : null}
      {stale ? (
        <span className={classes.hintLine}>
          <CodeText>{stale}</CodeText>
        </span>
      ) : null}
      {run.reason ? (
        <span className={classes.hintLine}>
          <CodeText>{run.reason}</CodeText>
        </span>
      ) : null}
    </>
  );
}

/** "3rd of 12 that wait" */
export function QueuePlace({ id }: { id: string }) {
  const text = useCurrentRun((run) => {
    const found = queuePlace(run.nodes, id);
    return found ? `Number ${found.place} of ${found.waiting} in the queue.` : "";
  });
  return text ?? "";
}
