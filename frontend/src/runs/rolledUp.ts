/** How a node of an own module stands in a run: runs know what is inside only, and this draws it together. Pure. */

import type { NodeRun, Run, RunState } from "../api/types";
import { definitionOf, type Definition } from "../graph/own/definition";
import { pathTo, levelOf } from "../graph/own/level";
import { endOf, findNode } from "../graph/read";
import { wholeOnce } from "../graph/whole";
import { plural } from "../ui/words";

interface Made {
  parts: readonly NodeRun[];
  entry: NodeRun;
}

const made = new WeakMap<Run["graph"], Map<string, Made>>();

/** The entry of a node, whatever its module is; the same object until something of it changes. */
export function entryOf(run: Run | undefined, id: string): NodeRun | undefined {
  return run && (run.nodes[id] ?? rolledUp(run, id));
}

function rolledUp(run: Run, id: string): NodeRun | undefined {
  if (!("modules" in run.graph)) return undefined;
  const begin = `${id}.`;
  const inside = Object.keys(run.nodes).filter((one) => one.startsWith(begin));
  const own = inside.length > 0 ? ownOf(run, id) : undefined;
  if (!own) return undefined;
  const parts = inside.map((one) => run.nodes[one] as NodeRun);
  const known = made.get(run.graph) ?? new Map<string, Made>();
  made.set(run.graph, known);
  const before = known.get(id);
  if (before?.parts.length === parts.length && before.parts.every((part, at) => part === parts[at]))
    return before.entry;
  const entry = together(run, id, own, parts);
  known.set(id, { parts, entry });
  return entry;
}

function ownOf(run: Run, id: string): Definition | undefined {
  const file = wholeOnce(run.graph);
  const level = levelOf(file, pathTo(file, id) ?? []);
  const node = level && findNode(level, id);
  return node ? definitionOf(file, node) : undefined;
}

function together(run: Run, id: string, own: Definition, parts: NodeRun[]): NodeRun {
  const state = stateOf(parts);
  const failed = parts.find((part) => part.state === "failed");
  const finished = parts.filter((part) => part.state === "finished");
  const cached = finished.filter((part) => part.cached).length;
  const [first] = parts;
  return {
    ...(first as NodeRun),
    state,
    cached: finished.length === parts.length && cached === parts.length,
    reason: failed?.reason ?? `${plural(parts.length, "node")} inside, ${cached} from the cache`,
    because: null,
    dataset: null,
    dialogue: null,
    paused: null,
    error: failed?.error ? { ...failed.error, line: null } : null,
    started: edge(parts, "started", -1),
    finished: state === "running" || state === "queued" ? null : edge(parts, "finished", 1),
    progress: state === "running" ? finished.length / parts.length : null,
    peak_bytes: Math.max(...parts.map((part) => part.peak_bytes ?? 0)) || null,
    saved: parts.reduce((sum, part) => sum + part.saved, 0),
    timings: {},
    outputs: Object.fromEntries(
      own.outputs.flatMap(({ name, from }) => {
        const { node, port } = endOf(from);
        const output = entryOf(run, `${id}.${node}`)?.outputs[port];
        return output ? [[name, output]] : [];
      }),
    ),
  };
}

function stateOf(parts: readonly NodeRun[]): RunState {
  const has = (state: RunState) => parts.some((part) => part.state === state);
  if (has("failed")) return "failed";
  if (has("running")) return "running";
  if (has("queued")) return has("finished") ? "running" : "queued";
  if (has("cancelled")) return "cancelled";
  return has("finished") ? "finished" : "skipped";
}

/** The earliest, or the latest, of what is known. */
function edge(parts: readonly NodeRun[], of: "started" | "finished", way: 1 | -1): string | null {
  const times = parts.flatMap((part) => part[of] ?? []).sort();
  return times.at(way === 1 ? -1 : 0) ?? null;
}
