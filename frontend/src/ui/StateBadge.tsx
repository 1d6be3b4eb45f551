import {
  IconBan,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconLoader2,
  IconPlayerPause,
  IconPlayerSkipForward,
} from "@tabler/icons-react";
import type { RunState } from "../api/types";
import classes from "./StateBadge.module.css";

const LOOKS: Record<RunState, { label: string; Icon: typeof IconBan }> = {
  queued: { label: "Queued", Icon: IconClock },
  running: { label: "Running", Icon: IconLoader2 },
  finished: { label: "Finished", Icon: IconCircleCheck },
  failed: { label: "Failed", Icon: IconCircleX },
  cancelled: { label: "Cancelled", Icon: IconBan },
  skipped: { label: "Skipped", Icon: IconPlayerSkipForward },
};

const PAUSED = { label: "Paused", Icon: IconPlayerPause };

interface Props {
  state: RunState;
  detail?: string;
  /** A node that the debugger holds. */
  paused?: boolean;
}

/** The state of a run or of a node run: an icon and its word, never color alone. */
export function StateBadge({ state, detail, paused }: Props) {
  const { label, Icon } = paused ? PAUSED : LOOKS[state];
  return (
    <span className={classes.badge} data-state={state} data-paused={paused}>
      <Icon size={14} stroke={2} aria-hidden className={classes.icon} />
      {label}
      {detail ? <span className={classes.detail}>{detail}</span> : null}
    </span>
  );
}
