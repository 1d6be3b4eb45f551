/** Where new nodes go so that they cover nothing that lies on the canvas. */

import { Boxes } from "./route/boxes";
import type { Position, Size } from "./types";

export const NODE_WIDTH = 220;
export const NODE_HEIGHT = 64;

export const GRID = 10;
export const snapped = (value: number): number => Math.round(value / GRID) * GRID;

/** Pixels between a node that has to give way and what it gives way to. */
const GAP = 24;
const STEP = 2 * GRID;
/** Steps that are looked at around the wish; farther away lies a place that is free for certain. */
const FARTHEST = 60;

export type Placed = Position & Size & { id: string };

const regionOf = ({ x, y, width, height }: Position & Size, by: Position, gap: number) => ({
  left: x + by.x - gap,
  top: y + by.y - gap,
  right: x + by.x + width + gap,
  bottom: y + by.y + height + gap,
});

/**
 * How far these boxes have to move together so that they cover none of the others: nowhere where they fit as they are,
 * else to the nearest place with some room around, below rather than beside or above.
 */
export function freeShift(boxes: readonly (Position & Size)[], others: readonly Placed[]): Position {
  const taken = new Boxes(others.map((box) => ({ id: box.id, ...regionOf(box, { x: 0, y: 0 }, 0) })));
  const fits = (by: Position, gap: number) =>
    boxes.every((box) => taken.within(regionOf(box, by, gap)).length === 0);
  if (fits({ x: 0, y: 0 }, 0)) return { x: 0, y: 0 };
  for (let ring = 1; ring <= FARTHEST; ring++) {
    const found = around(ring).find((by) => fits(by, GAP));
    if (found) return found;
  }
  const right = Math.max(...others.map(({ x, width }) => x + width));
  return { x: snapped(right + 2 * GAP - Math.min(...boxes.map(({ x }) => x))), y: 0 };
}

/** The steps on the edge of a square around nowhere, nearest first. */
function around(ring: number): Position[] {
  const edge: Position[] = [];
  for (let along = -ring; along <= ring; along++) {
    edge.push({ x: along, y: ring }, { x: along, y: -ring });
    if (Math.abs(along) < ring) edge.push({ x: ring, y: along }, { x: -ring, y: along });
  }
  // To go down is shortest: that is where the next step of a chain belongs; to the right comes next.
  const cost = ({ x, y }: Position) =>
    Math.hypot(x, y) + (y > 0 ? 0 : 0.4) + (x < 0 ? 0.2 : 0) + Math.abs(x) / 1e3;
  return edge.sort((a, b) => cost(a) - cost(b)).map(({ x, y }) => ({ x: x * STEP, y: y * STEP }));
}
