import type { NodeRun } from "../api/types";

/** Whether a skipped node was left out because only pinned nodes need it, and not because one above it failed. */
export const isLeftOut = ({ state, reason }: Pick<NodeRun, "state" | "reason">): boolean =>
  state === "skipped" && reason.startsWith("not run");
