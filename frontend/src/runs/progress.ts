/** How far a run has come, and how long it may still take. Pure. */

import type { NodeRun, Run } from "../api/types";
import { isUnderWay } from "./applyRunEvent";
import { endOf } from "../graph/read";

export interface Progress {
  done: number;
  total: number;
  /** From 0 to 1, with what scripts that run say of themselves. */
  fraction: number;
}

export function progressOf(nodes: Run["nodes"]): Progress {
  const entries = Object.values(nodes);
  const total = entries.length;
  const done = entries.filter(({ state }) => !isUnderWay(state)).length;
  const said = entries.reduce(
    (sum, { state, progress }) => sum + (state === "running" ? (progress ?? 0) : 0),
    0,
  );
  return { done, total, fraction: total ? (done + said) / total : 0 };
}

/** Below this a script has said too little of how far it is to tell its whole time from. */
const SAID_ENOUGH = 0.02;

/** Seconds that a node will have taken in all, as its script says while it runs. */
function wholeAsSaid({ state, progress, started }: NodeRun, now: number): number | undefined {
  if (state !== "running" || !started || !progress || progress < SAID_ENOUGH) return undefined;
  return (now - Date.parse(started)) / 1000 / progress;
}

/**
 * Seconds until the run ends, from what the scripts that run say and from what nodes took in earlier runs; null
 * where too little is known of them.
 *
 * It cannot end before its longest remaining path, nor before all that remains is shared out among as many
 * nodes as run now. A node that was never computed counts like the middle one of those that were.
 */
export function secondsLeft(
  run: Pick<Run, "nodes" | "graph">,
  expected: Readonly<Record<string, number>>,
  now: number,
): number | null {
  const remaining = Object.keys(run.nodes).filter((id) => isUnderWay(run.nodes[id]?.state));
  const wholeOf = (id: string) => (run.nodes[id] && wholeAsSaid(run.nodes[id], now)) ?? expected[id];
  const known = remaining.flatMap((id) => wholeOf(id) ?? []);
  if (known.length < remaining.length / 2 || known.length === 0) return null;
  const usual = known.sort((a, b) => a - b)[Math.floor(known.length / 2)] ?? 0;
  const left = (id: string, node: NodeRun | undefined): number => {
    if (!node || !isUnderWay(node.state)) return 0;
    const whole = wholeOf(id) ?? usual;
    return node.started ? Math.max(0, whole - (now - Date.parse(node.started)) / 1000) : whole;
  };
  const above = new Map<string, string[]>();
  for (const wire of run.graph.wires) {
    const to = endOf(wire.to).node;
    above.set(to, [...(above.get(to) ?? []), endOf(wire.from).node]);
  }
  // Entries come in the order of the plan: each after those it depends on.
  const ends = new Map<string, number>();
  let sum = 0;
  for (const [id, node] of Object.entries(run.nodes)) {
    const own = left(id, node);
    sum += own;
    ends.set(id, own + Math.max(0, ...(above.get(id) ?? []).map((one) => ends.get(one) ?? 0)));
  }
  const running = Object.values(run.nodes).filter(({ state }) => state === "running").length;
  return Math.max(0, ...ends.values(), sum / Math.max(1, running));
}

/** "about 12 s left": rounded, since it is a guess. */
export function leftText(seconds: number): string {
  if (seconds < 1.5) return "about a second left";
  if (seconds < 10) return `about ${Math.round(seconds)} s left`;
  if (seconds < 90) return `about ${Math.round(seconds / 5) * 5} s left`;
  if (seconds < 5400) return `about ${Math.round(seconds / 60)} min left`;
  return `about ${Math.round(seconds / 3600)} h left`;
}

/** Where a queued node stands among all that wait in its run: from 1, in the order they are taken. */
export function queuePlace(nodes: Run["nodes"], node: string): { place: number; waiting: number } | null {
  const waiting = Object.entries(nodes).filter(([, { state }]) => state === "queued");
  const place = waiting.findIndex(([id]) => id === node) + 1;
  return place > 0 ? { place, waiting: waiting.length } : null;
}
