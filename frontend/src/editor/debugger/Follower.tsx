import { useEffect } from "react";
import { useCurrentRun } from "../run/hooks";
import type { Run } from "../../api/types";
import { follow } from "./state";

/** The node of the shown run that runs in the debugger, and its dialogue. */
const debuggedOf = (run: Run): string | null => {
  for (const [node, { dialogue }] of Object.entries(run.nodes)) if (dialogue) return `${dialogue} ${node}`;
  return null;
};

/** Follows the debugged node of the shown run, whatever else is on the screen. Draws nothing. */
export function Follower() {
  const found = useCurrentRun(debuggedOf) ?? null;
  useEffect(() => {
    if (found === null) return undefined;
    const at = found.indexOf(" ");
    return follow(found.slice(at + 1), found.slice(0, at));
  }, [found]);
  return null;
}
