import { useThrottledValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { expectedQuery, underWayQuery } from "../../api/runs";
import type { Run } from "../../api/types";
import { isUnderWay } from "../../runs/applyRunEvent";
import { useCurrentRun } from "../run/hooks";
import { leftText, progressOf, secondsLeft } from "../../runs/progress";
import { useNow } from "../../ui/useNow";
import { count } from "../../ui/words";
import { NotifyButton } from "./NotifyButton";
import classes from "./Toolbar.module.css";

/** Milliseconds. A run of 500 nodes has more news than anyone reads. */
const PACE = 250;

/** A guess made before the cached nodes are through is far too long. */
const SETTLED_MS = 1500;

/** How far the run has come, and how long it may still take; nothing where none is under way. */
export function RunProgress() {
  const current = useCurrentRun();
  const throttled = useThrottledValue(current, PACE);
  const run = throttled?.id === current?.id ? throttled : current;
  return run && isUnderWay(run.state) ? <Progress run={run} /> : null;
}

function Progress({ run }: { run: Run }) {
  const now = useNow(true);
  const { data: expected } = useQuery(expectedQuery(run.experiment ?? "", run.number));
  const { done, total, fraction } = progressOf(run.nodes);
  const since = run.started ? now - Date.parse(run.started) : 0;
  const left = expected && since > SETTLED_MS ? secondsLeft(run, expected, now) : null;
  return (
    <section aria-label="Run progress" className={classes.progress}>
      <div
        role="progressbar"
        aria-label={`Progress of run ${run.number}`}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
        className={classes.track}
      >
        <span className={classes.done} style={{ transform: `scaleX(${fraction})` }} />
      </div>
      <span className={classes.far}>
        {run.state === "queued" ? (
          <Waiting run={run} />
        ) : (
          `${count(done)} of ${count(total)} nodes${left === null ? "" : `, ${leftText(left)}`}`
        )}
      </span>
      <NotifyButton />
    </section>
  );
}

/** Its place among all runs that wait, of other experiments too. */
function Waiting({ run: { id } }: { run: Run }) {
  const { data } = useQuery(underWayQuery());
  const place = data?.find((one) => one.id === id)?.place;
  if (!place) return "waiting for a free worker";
  return place === 1 ? "next in the queue" : `number ${place} in the queue`;
}
