import { Tooltip } from "@mantine/core";
import {
  IconBan,
  IconBolt,
  IconCircleCheckFilled,
  IconCircleXFilled,
  IconClock,
  IconLoader2,
  IconPlayerSkipForward,
} from "@tabler/icons-react";
import type { NodeRun } from "../../api/types";
import { useNodeRun } from "../../runs/hooks";
import { duration } from "../../ui/words";
import classes from "./NodeState.module.css";
import { useElapsed } from "./useElapsed";

const LOOKS = {
  queued: { word: "Queued", Icon: IconClock },
  running: { word: "Running", Icon: IconLoader2 },
  finished: { word: "Finished", Icon: IconCircleCheckFilled },
  failed: { word: "Failed", Icon: IconCircleXFilled },
  cancelled: { word: "Cancelled", Icon: IconBan },
  skipped: { word: "Skipped", Icon: IconPlayerSkipForward },
} as const;

/** How the node stands in the run that is shown. Reads its own node's state: no other node is redrawn. */
export function NodeState({ id }: { id: string }) {
  const run = useNodeRun(id);
  if (!run) return null;
  return <Badge run={run} />;
}

function Badge({ run }: { run: NodeRun }) {
  const elapsed = useElapsed(run.state === "running" || run.state === "finished" ? run : null);
  const { word, Icon } = LOOKS[run.state];
  const cached = run.state === "finished" && run.cached;
  const said = cached ? "Finished, from the cache" : word;
  const Mark = cached ? IconBolt : Icon;
  return (
    <>
      <span className={classes.frame} data-state={run.state} aria-hidden />
      <Tooltip label={run.reason ? `${said}. ${run.reason}` : said} multiline maw={320} openDelay={250}>
        <span className={classes.state} data-state={run.state} data-cached={cached}>
          <span role="img" aria-label={said} className={classes.mark}>
            <Mark size={16} stroke={2} aria-hidden />
          </span>
          {elapsed !== null && !cached ? <span className={classes.elapsed}>{duration(elapsed)}</span> : null}
        </span>
      </Tooltip>
    </>
  );
}

/** The first line of what went wrong, on the node itself. */
export function NodeFailure({ id }: { id: string }) {
  const error = useNodeRun(id)?.error;
  if (!error) return null;
  const line = error.message.split("\n", 1)[0];
  return (
    <p className={classes.failure} title={error.message}>
      {error.type}: {line}
    </p>
  );
}
