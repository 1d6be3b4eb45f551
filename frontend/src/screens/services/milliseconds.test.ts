import { expect, test } from "vitest";
import { milliseconds } from "./milliseconds";

test.each([
  [null, "–"],
  [4.26, "4.3 ms"],
  [41.6, "42 ms"],
  [1840, "1.8 s"],
  [31_000, "31 s"],
])("%s is told as %s", (ms, said) => {
  expect(milliseconds(ms)).toBe(said);
});
