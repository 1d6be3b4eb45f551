import { expect, it } from "vitest";
import { timeParts } from "./timeParts";

it("puts a node's time in order, joins what a person takes for one, and leaves out what is before and after", () => {
  const parts = timeParts(
    {
      queued: 3,
      total: 2,
      keeping: 0.2,
      running: 1.6,
      hashing: 0.1,
      checking: 0.1,
      forking: 0,
      committing: 5,
    },
    2000,
  );
  expect(parts.map(({ name, seconds }) => [name, seconds])).toEqual([
    ["Running", 1.6],
    ["Checking", 0.2],
    ["Storing", 0.2],
  ]);
});

it("adds up to what the node took, whatever is rounded, with the rest that no part names", () => {
  const timings = { forking: 0.0054, reading: 0.0004, running: 0.0125, writing: 0.0034, checking: 0.0016 };
  const parts = timeParts(timings, 28);
  expect(parts.map(({ name }) => name)).toEqual([
    "Starting",
    "Reading",
    "Running",
    "Writing",
    "Checking",
    "Other",
  ]);
  expect(parts.reduce((sum, { seconds }) => sum + Math.round(seconds * 1000), 0)).toBe(28);
});

it("shows the smallest part, too", () => {
  expect(timeParts({ running: 1000, reading: 0.001 }, 1_000_001)[0]?.share).toBeGreaterThan(0.01);
  expect(timeParts({ queued: 1 }, 3)).toEqual([]);
});
