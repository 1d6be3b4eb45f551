import { expect, it } from "vitest";
import type { NodeRun, Run } from "../../api/types";
import { otherResults, portPairs } from "./results";

const node = (state: string, outputs: Record<string, string>) =>
  ({
    state,
    outputs: Object.fromEntries(
      Object.entries(outputs).map(([port, artifact]) => [port, { artifact, type: "table" }]),
    ),
  }) as unknown as NodeRun;
const run = (nodes: Record<string, NodeRun>) => ({ nodes }) as unknown as Run;

it("finds the nodes of both runs that left something else, or ended in another way", () => {
  const before = run({
    same: node("finished", { out: "a" }),
    other: node("finished", { out: "a" }),
    less: node("finished", { out: "a", more: "b" }),
    failed: node("finished", {}),
    gone: node("finished", { out: "a" }),
  });
  const after = run({
    same: node("finished", { out: "a" }),
    other: node("finished", { out: "c" }),
    less: node("finished", { out: "a" }),
    failed: node("failed", {}),
    fresh: node("finished", { out: "a" }),
  });
  expect([...otherResults(before, after)]).toEqual(["other", "less", "failed"]);
  expect(otherResults(before, undefined).size).toBe(0);
  expect(portPairs(before.nodes.less, after.nodes.less).map(({ port, isSame }) => [port, isSame])).toEqual([
    ["out", true],
    ["more", false],
  ]);
});
