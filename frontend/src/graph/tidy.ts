/** What is asked of a layered layout, and how its answer comes back onto the canvas. */

import type { Box } from "./arrange";
import { snapped } from "./place";
import type { Position } from "./types";

export interface Untidy {
  boxes: { id: string; width: number; height: number }[];
  wires: { from: string; to: string }[];
}

/** Top left corners, in a plane of its own. */
export type Tidied = { id: string; x: number; y: number }[];

/** Nodes in reading order, so that a tidy graph stays as it is and a mirrored one stays mirrored. */
export function asked(boxes: readonly Box[], wires: Untidy["wires"]): Untidy {
  const inOrder = [...boxes].sort((a, b) => a.x - b.x || a.y - b.y);
  const column = new Map(inOrder.map((box, index) => [box.id, index]));
  const order = (id: string) => column.get(id) ?? 0;
  return {
    boxes: inOrder.map(({ id, width, height }) => ({ id, width, height })),
    wires: [...wires].sort((a, b) => order(a.to) - order(b.to) || order(a.from) - order(b.from)),
  };
}

/** Places on the grid; the top left corner of the whole stays where it was. */
export function placed(boxes: readonly Box[], tidied: Tidied): Map<string, Position> {
  const left = Math.min(...boxes.map((box) => box.x)) - Math.min(...tidied.map((one) => one.x));
  const top = Math.min(...boxes.map((box) => box.y)) - Math.min(...tidied.map((one) => one.y));
  return new Map(tidied.map(({ id, x, y }) => [id, { x: snapped(x + left), y: snapped(y + top) }]));
}
