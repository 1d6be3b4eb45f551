import { expect, test } from "vitest";
import { countsOf } from "./countsOf";

test("a run says what became of its nodes, and leaves out what did not happen", () => {
  expect(countsOf({ counts: { finished: 4, failed: 1, skipped: 2 }, cached: 3, saved: 41 })).toEqual([
    { text: "4 finished (3 from cache, saved 41.0 s)" },
    { text: "1 failed", tone: "bad" },
    { text: "2 skipped" },
  ]);
});

test("a run that has only begun has nothing to boast of", () => {
  expect(countsOf({ counts: { queued: 5 }, cached: 0, saved: 0 })).toEqual([{ text: "5 waiting" }]);
});
