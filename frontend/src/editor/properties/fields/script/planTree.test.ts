import { expect, test } from "vitest";
import { planTree } from "./planTree";

const step = (depth: number, what: string) => ({ depth, what, detail: "", rows: null, seconds: null });

test("steps stand below the one that they feed", () => {
  const [join, sort] = planTree([
    step(0, "join"),
    step(1, "filter"),
    step(2, "scan t1"),
    step(1, "scan t2"),
    step(0, "sort"),
  ]);
  expect(join?.fedBy.map(({ step }) => step.what)).toEqual(["filter", "scan t2"]);
  expect(join?.fedBy[0]?.fedBy.map(({ step }) => step.what)).toEqual(["scan t1"]);
  expect(sort?.fedBy).toEqual([]);
});
