import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconPlayerStop } from "@tabler/icons-react";
import { expectedQuery, underWayQuery } from "../../api/runs";
import type { Run } from "../../api/types";
import { leftText, progressOf, secondsLeft } from "../../runs/progress";
import { useNow } from "../../screens/history/useNow";
import { count } from "../../ui/words";
import { perform } from "../commands/command";
import { cancelCommand, useStarting } from "../commands/running";
import { NotifyButton } from "./NotifyButton";
import classes from "./RunBar.module.css";

/** A guess made before the cached nodes are through is far too long. */
const SETTLED_MS = 1500;

/** How far the run has come, and how long it may still take. */
export function RunProgress({ run }: { run: Run }) {
  const now = useNow(true);
  const cancelling = useStarting((state) => state.cancelling);
  const { data: expected } = useQuery(expectedQuery(run.experiment, run.number));
  const { done, total, fraction } = progressOf(run.nodes);
  const since = run.started ? now - Date.parse(run.started) : 0;
  const left = expected && since > SETTLED_MS ? secondsLeft(run, expected, now) : null;
  const waits = run.state === "queued";
  return (
    <section aria-label="Run progress" className={classes.bar}>
      <span className={classes.text}>{waits ? <Waiting run={run} /> : `Run ${run.number}`}</span>
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
      <span className={classes.muted}>
        {count(done)} of {count(total)} nodes
        {left === null ? "" : `, ${leftText(left)}`}
      </span>
      <span className={classes.gap} />
      <NotifyButton />
      <Button
        size="compact-xs"
        variant="subtle"
        color="red"
        leftSection={<IconPlayerStop size={14} />}
        loading={cancelling === run.id}
        onClick={() => perform(cancelCommand)}
      >
        Cancel
      </Button>
    </section>
  );
}

/** Its place among all runs that wait, of other experiments too. */
function Waiting({ run: { id, number } }: { run: Run }) {
  const { data } = useQuery(underWayQuery());
  const place = data?.find((one) => one.id === id)?.place;
  const text = `Run ${number} waits for a free worker`;
  return place ? `${text}, ${place === 1 ? "next" : `number ${place}`} in the queue` : text;
}
