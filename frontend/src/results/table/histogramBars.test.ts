import { expect, it } from "vitest";
import { histogramBars } from "./histogramBars";

it("gives every bin its place and height", () => {
  const bars = histogramBars([0, 1, 2, 4], [5, 10, 0]);
  expect(bars.map(({ left, width, height }) => [left, width, height])).toEqual([
    [0, 0.25, 0.5],
    [0.25, 0.25, 1],
    [0.5, 0.5, 0],
  ]);
});

it("keeps a bin with one value among a million in sight", () => {
  expect(histogramBars([0, 1, 2], [1_000_000, 1])[1]?.height).toBe(0.02);
});

it("takes a column of one value, and none at all", () => {
  expect(histogramBars([3, 3], [7])).toMatchObject([{ left: 0, width: 1, height: 1 }]);
  expect(histogramBars([], [])).toEqual([]);
});

it("places whole numbers beyond 2^53, which come as their digits", () => {
  const edges = ["9007199254740993", "9007199254740994", "9007199254740995"] as unknown as number[];
  expect(histogramBars(edges, [1, 1])).toMatchObject([
    { left: 0, width: 0.5 },
    { left: 0.5, width: 0.5 },
  ]);
  expect(histogramBars(edges.slice(0, 2), [1])).toMatchObject([{ left: 0, width: 1 }]);
});
