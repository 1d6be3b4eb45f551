import { expect, it } from "vitest";
import { describeBounds, LIMITS, wishOf, wrongWish } from "./limits";

const [MEMORY, TIME] = LIMITS as [(typeof LIMITS)[0], (typeof LIMITS)[0]];
const BOUNDS = {
  usual: { memory_bytes: 4 * 2 ** 30, wall_seconds: 90 },
  most: { memory_bytes: 8 * 2 ** 30, wall_seconds: 90 },
};

it("tells what is usual and what is the most", () => {
  expect(describeBounds(MEMORY, BOUNDS)).toBe("4 GB by default, 8 at most");
  expect(describeBounds(TIME, BOUNDS)).toBe("1.5 minutes at most");
  expect(describeBounds(TIME, null)).toBe("");
});

it("takes what is typed into bytes and seconds", () => {
  expect(wishOf(0.5, MEMORY)).toBe(2 ** 29);
  expect(wishOf(1.5, TIME)).toBe(90);
  expect(wishOf("", TIME)).toBeNull();
  expect(wishOf(0, TIME)).toBeNull();
});

it("says where a wish is more than the server allows", () => {
  expect(wrongWish(9 * 2 ** 30, MEMORY, BOUNDS)).toMatch(/^A node may have 8 GB here/);
  expect(wrongWish(8 * 2 ** 30, MEMORY, BOUNDS)).toBeNull();
});
