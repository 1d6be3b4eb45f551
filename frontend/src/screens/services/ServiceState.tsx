import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import classes from "./ServiceState.module.css";

const LOOKS: Record<string, { label: string; Icon: typeof IconCircleCheck }> = {
  ready: { label: "Ready", Icon: IconCircleCheck },
  outdated: { label: "Outdated", Icon: IconAlertTriangle },
};

/** Whether it answers as it was published: an icon and its word. */
export function ServiceState({ state }: { state: string }) {
  const look = LOOKS[state];
  const Icon = look?.Icon ?? IconAlertTriangle;
  return (
    <span className={classes.state} data-state={state}>
      <Icon size={14} stroke={2} aria-hidden />
      {look?.label ?? state}
    </span>
  );
}
