import { expect, it } from "vitest";
import { timeParts } from "./timeParts";

it("puts a node's time in order, joins what a person takes for one, and leaves out the rest", () => {
  const parts = timeParts({ total: 2, keeping: 0.2, running: 1.6, hashing: 0.1, checking: 0.1, forking: 0 });
  expect(parts.map(({ name, seconds }) => [name, seconds])).toEqual([
    ["Running", 1.6],
    ["Checking", 0.2],
    ["Storing", 0.2],
  ]);
});

it("shows the smallest part, too", () => {
  expect(timeParts({ running: 1000, reading: 0.001 })[0]?.share).toBeGreaterThan(0.01);
  expect(timeParts({})).toEqual([]);
});
