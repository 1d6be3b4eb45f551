import { expect, test } from "vitest";
import { speedometer } from "./speed";

test("the speed is that of the last three seconds", () => {
  let now = 0;
  const speedOf = speedometer(() => now);
  now = 1000;
  expect(speedOf(1_000_000)).toBe(1_000_000);
  for (now = 2000; now <= 8000; now += 1000) speedOf(1_000_000);
  expect(speedOf(1_000_000)).toBe(0);
});

test("nothing is claimed before there is something to measure", () => {
  let now = 0;
  const speedOf = speedometer(() => now);
  now = 50;
  expect(speedOf(65_536)).toBe(0);
});
