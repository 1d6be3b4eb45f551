import type { NodeRun } from "../../api/types";
import classes from "./NodeState.module.css";

/** What the script says of how far it is. */
export function NodeProgress({ of: { state, progress } }: { of: NodeRun }) {
  if (state !== "running" || progress === null || progress === undefined) return null;
  const percent = Math.round(progress * 100);
  return (
    <span
      role="progressbar"
      aria-label="Progress"
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuetext={`${percent} %`}
      className={classes.progress}
    >
      <span style={{ width: `${percent}%` }} />
    </span>
  );
}
