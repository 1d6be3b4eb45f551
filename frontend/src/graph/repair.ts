/** A repair that the server proposes, done to the graph. */

import type { Repair } from "../api/types";
import { freshId, moveNodes } from "./edits";
import { freeShift, NODE_HEIGHT, NODE_WIDTH } from "./place";
import { endOf } from "./read";
import type { ExperimentFile, Position, Wire } from "./types";

const SIZE = { width: NODE_WIDTH, height: NODE_HEIGHT };

/** The nearest place where a new node covers none. */
function freePlace({ nodes }: ExperimentFile, wish: Position): Position {
  const others = nodes.map(({ id, position }) => ({ id, ...position, ...SIZE }));
  const by = freeShift([{ ...wish, ...SIZE }], others);
  return { x: wish.x + by.x, y: wish.y + by.y };
}

/**
 * The graph with the repair done; the same graph where it no longer fits, because a wire was changed since. New nodes
 * get ids that no node ever had here.
 */
export function applyRepair(file: ExperimentFile, repair: Repair, used: ReadonlySet<string>): ExperimentFile {
  const gone = new Set(repair.unwire.map(({ from, to }) => `${from} ${to}`));
  const kept = file.wires.filter((wire) => !gone.has(`${wire.from} ${wire.to}`));
  if (kept.length !== file.wires.length - gone.size) return file;
  const ids = new Map<string, string>();
  let after = moveNodes({ ...file, wires: kept }, new Map(Object.entries(repair.moves)));
  for (const node of repair.nodes) {
    const id = freshId(after, used);
    ids.set(node.id, id);
    const { name, ...rest } = node;
    const made = {
      comment: "",
      ...rest,
      id,
      position: freePlace(after, node.position),
      ...(name && { name }),
    };
    after = { ...after, nodes: [...after.nodes, made] };
  }
  const end = (text: string): string => {
    const { node, port } = endOf(text);
    return `${ids.get(node) ?? node}.${port}`;
  };
  const taken = new Set(kept.map((wire) => wire.to));
  const wires = repair.wire.map(({ from, to }): Wire => ({ from: end(from), to: end(to) }));
  if (wires.some((wire) => taken.has(wire.to))) return file;
  return { ...after, wires: [...kept, ...wires] };
}
