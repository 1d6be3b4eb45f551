/** Lining nodes up, and giving them even room. */

import type { Position } from "./types";

export interface Box extends Position {
  id: string;
  width: number;
  height: number;
}

export type Side = "left" | "center" | "right" | "top" | "middle" | "bottom";
export type Axis = "x" | "y";
type Places = Map<string, Position>;

const sizeOf = (box: Box, axis: Axis): number => (axis === "x" ? box.width : box.height);
const bounds = (boxes: readonly Box[], axis: Axis) => ({
  low: Math.min(...boxes.map((box) => box[axis])),
  high: Math.max(...boxes.map((box) => box[axis] + sizeOf(box, axis))),
});

/** All on one line: the outermost node of that side stays, or the middle of all of them. */
export function align(boxes: readonly Box[], side: Side): Places {
  const axis: Axis = side === "left" || side === "center" || side === "right" ? "x" : "y";
  const { low, high } = bounds(boxes, axis);
  const place = (box: Box): number => {
    if (side === "left" || side === "top") return low;
    if (side === "right" || side === "bottom") return high - sizeOf(box, axis);
    return Math.round((low + high - sizeOf(box, axis)) / 2);
  };
  return new Map(boxes.map((box) => [box.id, { x: box.x, y: box.y, [axis]: place(box) }]));
}

/** The same room between neighbors; the first and the last stay. */
export function distribute(boxes: readonly Box[], axis: Axis): Places {
  const row = [...boxes].sort((a, b) => a[axis] - b[axis]);
  const { low, high } = bounds(row, axis);
  const filled = row.reduce((sum, box) => sum + sizeOf(box, axis), 0);
  const gap = row.length > 1 ? (high - low - filled) / (row.length - 1) : 0;
  let next = low;
  return new Map(
    row.map((box) => {
      const place = { x: box.x, y: box.y, [axis]: Math.round(next) };
      next += sizeOf(box, axis) + gap;
      return [box.id, place];
    }),
  );
}
