/** Snapshot + events = fresh snapshot: the same rule as `studio/runs/events.py`, in the browser. Pure. */

import type { NodeRun, Run, RunState } from "../api/types";
import type { NodeEvent, RunEvent } from "./events";

export const isUnderWay = (state: RunState | undefined): boolean => state === "queued" || state === "running";

/** The run after an event of it. What the snapshot already knows changes nothing. */
export function applyRunEvent(run: Run, event: RunEvent | NodeEvent): Run {
  if (event.type === "run") return event.run.seq > run.seq ? { ...run, ...event.run } : run;
  if (event.seq <= run.seq) return run;
  const { type: _type, run: _run, node, seq, ...entry } = event;
  return { ...run, seq, nodes: { ...run.nodes, [node]: entry as NodeRun } };
}

/** The run after several events, and whether one between them never came. */
export function applyRunEvents(
  run: Run,
  events: readonly (RunEvent | NodeEvent)[],
): { run: Run; missed: boolean } {
  let missed = false;
  let after = run;
  for (const event of events) {
    if (seqOf(event) > after.seq + 1) missed = true;
    after = applyRunEvent(after, event);
  }
  return { run: after, missed };
}

const seqOf = (event: RunEvent | NodeEvent): number => (event.type === "run" ? event.run.seq : event.seq);

export const runIdOf = (event: RunEvent | NodeEvent): string =>
  event.type === "run" ? event.run.id : event.run;
