import { expect, it } from "vitest";
import { Boxes, type Box } from "./boxes";
import { wirePath, type WireEnds } from "./wirePath";

const box = (id: string, x: number, y: number): Box => ({
  id,
  left: x,
  top: y,
  right: x + 220,
  bottom: y + 50,
});
/** From the middle of one box's lower edge to the middle of another's upper edge. */
const between = (from: Box, to: Box): WireEnds => ({
  start: { x: (from.left + from.right) / 2, y: from.bottom },
  end: { x: (to.left + to.right) / 2, y: to.top },
  source: from.id,
  target: to.id,
  lane: 0,
});
const draw = (ends: WireEnds, boxes: Box[]) => wirePath(ends, new Boxes(boxes)).path;

/** The corners of a path: each number pair in it. */
const pointsOf = (path: string) =>
  [...path.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));

/** Whether a path of straight pieces enters a box. */
function enters(path: string, { left, top, right, bottom }: Box): boolean {
  const points = pointsOf(path);
  return points.some((point, index) => {
    const next = points[index + 1];
    if (!next) return false;
    for (let t = 0; t <= 1; t += 0.02) {
      const x = point.x + (next.x - point.x) * t;
      const y = point.y + (next.y - point.y) * t;
      if (x > left + 1 && x < right - 1 && y > top + 1 && y < bottom - 1) return true;
    }
    return false;
  });
}

it("is a plain curve where nothing is in the way", () => {
  const [a, b] = [box("a", 0, 0), box("b", 300, 200)];
  expect(draw(between(a, b), [a, b, box("c", 700, 100)])).toMatch(/^M[\d. ]+C[\d. ]+$/);
});

it("goes around a node between its ends", () => {
  const [a, b, c] = [box("a", 0, 0), box("b", 30, 120), box("c", 0, 300)];
  const path = draw(between(a, c), [a, b, c]);
  for (const one of [a, b, c]) expect(enters(path, one)).toBe(false);
  expect(pointsOf(path).at(-1)).toEqual({ x: 110, y: 300 });
});

it("goes up beside its own nodes where the input lies above the output", () => {
  const [a, b] = [box("a", 0, 400), box("b", 20, 0)];
  const path = draw(between(a, b), [a, b]);
  for (const one of [a, b]) expect(enters(path, one)).toBe(false);
});

it("finds the gaps of a crowded grid, and keeps wires of other outputs apart in them", () => {
  const grid = Array.from({ length: 60 }, (_, place) =>
    box(`n${place}`, 250 * (place % 10), 130 * Math.floor(place / 10)),
  );
  const ends = between(grid[4] as Box, grid[54] as Box);
  const paths = [-1, 0, 1].map((lane) => draw({ ...ends, lane }, grid));
  for (const path of paths) for (const one of grid) expect(enters(path, one)).toBe(false);
  expect(new Set(paths).size).toBe(3);
});

it("passes where there is no gap at all rather than being lost", () => {
  const ends = between(box("a", 0, 0), box("c", 0, 300));
  const wall = Array.from({ length: 40 }, (_, place) => box(`w${place}`, 220 * (place - 20), 130));
  expect(draw(ends, wall)).toContain("C");
});

it("keeps boxes that did not move the same, so that what lies elsewhere is drawn again and no other", () => {
  const first = new Boxes([box("a", 0, 0), box("b", 300, 0)]);
  const second = new Boxes([box("a", 0, 0), box("b", 310, 0)], first);
  expect(second.get("a")).toBe(first.get("a"));
  expect(second.get("b")).not.toBe(first.get("b"));
  expect(second.equals(first)).toBe(false);
  expect(new Boxes([box("a", 0, 0), box("b", 310, 0)], second).equals(second)).toBe(true);
});

it("is quick in a crowded graph: milliseconds for each wire at most", () => {
  const grid = Array.from({ length: 500 }, (_, place) =>
    box(`n${place}`, 250 * (place % 25), 130 * Math.floor(place / 25)),
  );
  const boxes = new Boxes(grid);
  const started = performance.now();
  let wires = 0;
  for (let place = 0; place < 440; place++) {
    const [from, to] = [grid[place], grid[place + 52]];
    if (!from || !to) continue;
    const ends = between(from, to);
    wirePath(ends, boxes);
    wires++;
  }
  const each = (performance.now() - started) / wires;
  expect(each).toBeLessThan(5);
});
