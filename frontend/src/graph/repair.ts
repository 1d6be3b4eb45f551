/** A repair that the server proposes, done to the graph. */

import type { Repair } from "../api/types";
import { freshId, moveNodes } from "./edits";
import { endOf } from "./read";
import type { ExperimentFile, Wire } from "./types";

/**
 * The graph with the repair done; the same graph where it no longer fits, because a wire was changed since. New nodes
 * get ids that no node ever had here.
 */
export function applyRepair(file: ExperimentFile, repair: Repair, used: ReadonlySet<string>): ExperimentFile {
  const gone = new Set(repair.unwire.map(({ from, to }) => `${from} ${to}`));
  const kept = file.wires.filter((wire) => !gone.has(`${wire.from} ${wire.to}`));
  if (kept.length !== file.wires.length - gone.size) return file;
  const ids = new Map<string, string>();
  let after: ExperimentFile = { ...file, wires: kept };
  for (const node of repair.nodes) {
    const id = freshId(after, used);
    ids.set(node.id, id);
    const { name, ...rest } = node;
    const made = { comment: "", ...rest, id, ...(name && { name }) };
    after = { ...after, nodes: [...after.nodes, made] };
  }
  const end = (text: string): string => {
    const { node, port } = endOf(text);
    return `${ids.get(node) ?? node}.${port}`;
  };
  const taken = new Set(kept.map((wire) => wire.to));
  const wires = repair.wire.map(({ from, to }): Wire => ({ from: end(from), to: end(to) }));
  if (wires.some((wire) => taken.has(wire.to))) return file;
  const places = new Map(Object.entries(repair.moves));
  return moveNodes({ ...after, wires: [...kept, ...wires] }, places);
}
