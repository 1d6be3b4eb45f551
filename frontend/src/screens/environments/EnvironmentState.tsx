import { IconCircleCheck, IconCircleX, IconLoader2 } from "@tabler/icons-react";
import type { EnvironmentItem } from "../../api/environments";
import classes from "./Environments.module.css";

const LOOKS: Record<EnvironmentItem["state"], { label: string; Icon: typeof IconCircleX }> = {
  building: { label: "Building…", Icon: IconLoader2 },
  ready: { label: "Ready", Icon: IconCircleCheck },
  failed: { label: "Failed", Icon: IconCircleX },
};

/** How far it is: an icon and its word. */
export function EnvironmentState({ state }: Pick<EnvironmentItem, "state">) {
  const { label, Icon } = LOOKS[state];
  return (
    <span className={classes.state} data-state={state}>
      <Icon size={14} stroke={2} aria-hidden />
      {label}
    </span>
  );
}
