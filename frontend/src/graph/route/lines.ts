/** The lines along which a wire may run around boxes: beside each, or midway to its neighbor. */

import type { Position } from "../types";
import type { Box } from "./boxes";

/** Pixels between a wire and the box that it goes around, where there is room. */
export const CLEAR = 18;
/** A gap narrower than this is none. */
const NARROWEST = 8;

export interface Lines {
  xs: number[];
  ys: number[];
}

/**
 * The lines of a search from one point to another. `lane` (-1 … 1) sets wires from different outputs
 * apart where they run through the same gap.
 */
export function linesAround(boxes: readonly Box[], start: Position, end: Position, lane: number): Lines {
  const xs = [start.x, end.x];
  const ys = [start.y, end.y];
  for (const box of boxes) {
    let left = Infinity;
    let right = Infinity;
    let above = Infinity;
    let below = Infinity;
    for (const other of boxes) {
      if (other === box) continue;
      if (other.top < box.bottom + CLEAR && box.top < other.bottom + CLEAR) {
        if (other.right <= box.left) left = Math.min(left, box.left - other.right);
        if (other.left >= box.right) right = Math.min(right, other.left - box.right);
      }
      if (other.left < box.right && box.left < other.right) {
        if (other.bottom <= box.top) above = Math.min(above, box.top - other.bottom);
        if (other.top >= box.bottom) below = Math.min(below, other.top - box.bottom);
      }
    }
    if (left >= NARROWEST) xs.push(box.left - aside(left, -lane));
    if (right >= NARROWEST) xs.push(box.right + aside(right, lane));
    if (above >= NARROWEST) ys.push(box.top - aside(above, -lane));
    if (below >= NARROWEST) ys.push(box.bottom + aside(below, lane));
  }
  return { xs: sorted(xs), ys: sorted(ys) };
}

/** How far from the box, in a gap of this width. */
function aside(gap: number, lane: number): number {
  const room = Math.min(2 * CLEAR, gap);
  return room / 2 + (lane * room) / 4;
}

const sorted = (values: number[]): number[] => [...new Set(values)].sort((a, b) => a - b);
