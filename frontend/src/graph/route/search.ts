/** The shortest way around boxes along given lines, with few bends: A* on the grid that the lines make. */

import type { Position } from "../types";
import type { Box } from "./boxes";
import { Heap } from "./heap";
import type { Lines } from "./lines";

/** What a bend costs, in pixels of length. */
const BEND = 60;
/** A wire against the stream is longer than it looks: it goes up beside things, not through them. */
const UP = 1.5;
/** Pixels by which a wire may not come closer to a box. */
const SKIN = 3;

const RIGHT = 0;
const DOWN = 1;
const LEFT = 2;
const TOP = 3;

/** The corners of the way, both ends among them; it begins downwards and does not arrive from below. Null where there is none. */
export function search(
  { xs, ys }: Lines,
  boxes: readonly Box[],
  start: Position,
  end: Position,
): Position[] | null {
  const wide = xs.length;
  const count = wide * ys.length;
  const { across, along } = barred(xs, ys, boxes);
  const at = (point: Position) => nearest(ys, point.y) * wide + nearest(xs, point.x);
  const goal = at(end);
  const goalX = xs[goal % wide] ?? 0;
  const goalY = ys[Math.floor(goal / wide)] ?? 0;
  const guess = (place: number): number =>
    Math.abs((xs[place % wide] ?? 0) - goalX) + Math.abs((ys[Math.floor(place / wide)] ?? 0) - goalY);

  // A state is a place and the direction it was reached in.
  const cost = new Float64Array(4 * count).fill(Infinity);
  const from = new Int32Array(4 * count).fill(-1);
  const closed = new Uint8Array(4 * count);
  const open = new Heap();
  const first = 4 * at(start) + DOWN;
  cost[first] = 0;
  open.push(first, guess(at(start)));

  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (closed[state]) continue;
    closed[state] = 1;
    const place = state >> 2;
    const heading = state & 3;
    if (place === goal && heading !== TOP) return corners(from, state, xs, ys);
    const column = place % wide;
    const row = Math.floor(place / wide);
    for (let way = 0; way < 4; way++) {
      if (way === (heading ^ 2)) continue;
      const [nextColumn, nextRow] = step(column, row, way);
      const x = xs[nextColumn];
      const y = ys[nextRow];
      if (x === undefined || y === undefined) continue;
      const shut =
        way === RIGHT || way === LEFT
          ? across[row * wide + Math.min(column, nextColumn)]
          : along[Math.min(row, nextRow) * wide + column];
      if (shut) continue;
      const next = nextRow * wide + nextColumn;
      const length = Math.abs(x - (xs[column] ?? 0)) + Math.abs(y - (ys[row] ?? 0)) * (way === TOP ? UP : 1);
      const total = (cost[state] ?? 0) + length + (way === heading ? 0 : BEND);
      const into = 4 * next + way;
      if (total >= (cost[into] ?? 0)) continue;
      cost[into] = total;
      from[into] = state;
      open.push(into, total + guess(next));
    }
  }
  return null;
}

const step = (column: number, row: number, way: number): [number, number] => [
  column + (way === RIGHT ? 1 : way === LEFT ? -1 : 0),
  row + (way === DOWN ? 1 : way === TOP ? -1 : 0),
];

/** The pieces of lines that run through a box: between neighbors in a row, and between rows. */
function barred(xs: readonly number[], ys: readonly number[], boxes: readonly Box[]) {
  const wide = xs.length;
  const across = new Uint8Array(wide * ys.length);
  const along = new Uint8Array(wide * ys.length);
  for (const box of boxes) {
    const left = box.left - SKIN;
    const right = box.right + SKIN;
    const top = box.top - SKIN;
    const bottom = box.bottom + SKIN;
    const firstX = after(xs, left);
    const firstY = after(ys, top);
    for (let row = firstY; row < ys.length && (ys[row] ?? 0) < bottom; row++) {
      for (let column = Math.max(0, firstX - 1); column < wide - 1 && (xs[column] ?? 0) < right; column++)
        across[row * wide + column] = 1;
    }
    for (let column = firstX; column < wide && (xs[column] ?? 0) < right; column++) {
      for (let row = Math.max(0, firstY - 1); row < ys.length - 1 && (ys[row] ?? 0) < bottom; row++)
        along[row * wide + column] = 1;
    }
  }
  return { across, along };
}

/** The index of the first value greater than this one. */
function after(values: readonly number[], value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

const nearest = (values: readonly number[], value: number): number => {
  const next = after(values, value);
  const below = values[next - 1];
  const above = values[next];
  if (below === undefined) return 0;
  return above === undefined || value - below <= above - value ? next - 1 : next;
};

function corners(from: Int32Array, last: number, xs: readonly number[], ys: readonly number[]): Position[] {
  const wide = xs.length;
  const points: Position[] = [];
  let ahead = -1;
  for (let state = last; state >= 0; state = from[state] ?? -1) {
    const place = state >> 2;
    const first = (from[state] ?? -1) < 0;
    // The direction it was left in; where that is not the one it was reached in, there is a corner.
    if (ahead < 0 || first || ahead !== (state & 3))
      points.push({ x: xs[place % wide] ?? 0, y: ys[Math.floor(place / wide)] ?? 0 });
    ahead = state & 3;
  }
  return points.reverse();
}
