/** Lining up with neighbors while nodes are dragged. */

import type { Axis, Box } from "./arrange";

export interface Guide {
  /** "x" is an upright line at this x, "y" a level one at this y. */
  axis: Axis;
  at: number;
  /** From where to where it runs, along the other axis. */
  from: number;
  to: number;
}

export interface Snapped {
  /** How far what is dragged has to give way. */
  by: { x: number; y: number };
  guides: Guide[];
}

const size = (box: Omit<Box, "id">, axis: Axis) => (axis === "x" ? box.width : box.height);
const lines = (box: Omit<Box, "id">, axis: Axis) => {
  const length = size(box, axis);
  return [box[axis], box[axis] + length / 2, box[axis] + length];
};

/** Edges to edges and middles to middles, where they are within reach; the nearest counts. */
export function snap(moving: Omit<Box, "id">, others: readonly Box[], reach: number): Snapped {
  const by = { x: 0, y: 0 };
  const guides: Guide[] = [];
  for (const axis of ["x", "y"] as const) {
    let best: { distance: number; other: Box; at: number } | null = null;
    const mine = lines(moving, axis);
    for (const other of others) {
      lines(other, axis).forEach((line, index) => {
        const distance = line - (mine[index] as number);
        if (Math.abs(distance) <= reach && (!best || Math.abs(distance) < Math.abs(best.distance)))
          best = { distance, other, at: line };
      });
    }
    if (!best) continue;
    const { distance, other, at } = best as { distance: number; other: Box; at: number };
    by[axis] = distance;
    const across: Axis = axis === "x" ? "y" : "x";
    guides.push({
      axis,
      at,
      from: Math.min(moving[across], other[across]),
      to: Math.max(moving[across] + size(moving, across), other[across] + size(other, across)),
    });
  }
  return { by, guides };
}
