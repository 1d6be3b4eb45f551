import { describe, expect, it } from "vitest";
import { rowsInView, scrollMap, topToShow } from "./scrollMap";

describe("scrolling", () => {
  it("is pixel for pixel while the rows fit", () => {
    const map = scrollMap(1000, 28, 400);
    expect(map.squeezed).toBe(false);
    expect(map.height).toBe(28_000);
    expect(map.topAt(1234)).toBe(1234);
  });

  it("reaches the first and the last of ten million rows", () => {
    const map = scrollMap(10_000_000, 28, 400);
    expect(map.squeezed).toBe(true);
    expect(map.topAt(0)).toBe(0);
    const bottom = map.topAt(map.height - 400);
    expect(bottom).toBeCloseTo(map.end);
    expect(rowsInView(bottom, 400, 28, 10_000_000)[1]).toBe(10_000_000);
  });

  it("goes there and back", () => {
    const map = scrollMap(10_000_000, 28, 400);
    for (const top of [0, 28, 5_000_000, map.end]) expect(map.topAt(map.scrollFor(top))).toBeCloseTo(top, 3);
  });

  it("takes an empty table and one shorter than the view", () => {
    expect(scrollMap(0, 28, 400)).toMatchObject({ height: 0, end: 0 });
    expect(rowsInView(0, 400, 28, 0)).toEqual([0, 0]);
    expect(rowsInView(0, 400, 28, 3)).toEqual([0, 3]);
  });

  it("moves no further than needed to show a row", () => {
    expect(topToShow(5, 0, 400, 28)).toBe(0);
    expect(topToShow(20, 0, 400, 28)).toBe(20 * 28 + 28 - 400);
    expect(topToShow(2, 400, 400, 28)).toBe(56);
  });
});
