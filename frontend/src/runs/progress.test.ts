import { describe, expect, it } from "vitest";
import type { NodeRun, Run, RunState } from "../api/types";
import { leftText, progressOf, queuePlace, secondsLeft } from "./progress";

const NOW = Date.parse("2026-01-01T00:01:00Z");
const entry = (state: RunState, secondsAgo = 0) =>
  ({
    state,
    started: state === "queued" ? null : new Date(NOW - secondsAgo * 1000).toISOString(),
  }) as NodeRun;
const run = (nodes: Record<string, NodeRun>, ...wires: [string, string][]): Run =>
  ({
    nodes,
    graph: { nodes: [], wires: wires.map(([a, b]) => ({ from: `${a}.out`, to: `${b}.in` })) },
  }) as unknown as Run;

describe("the time a run may still take", () => {
  it("is the longest path of what remains", () => {
    const chain = run(
      { a: entry("finished"), b: entry("running", 4), c: entry("queued") },
      ["a", "b"],
      ["b", "c"],
    );
    expect(secondsLeft(chain, { a: 100, b: 10, c: 5 }, NOW)).toBe(11);
  });

  it("is the rest shared out, where branches run side by side", () => {
    const wide = run({ a: entry("running"), b: entry("running"), c: entry("queued"), d: entry("queued") });
    expect(secondsLeft(wide, { a: 10, b: 10, c: 10, d: 10 }, NOW)).toBe(20);
  });

  it("takes a node that was never computed for a usual one, and guesses nothing where most are new", () => {
    expect(secondsLeft(run({ a: entry("running"), b: entry("queued") }, ["a", "b"]), { a: 3 }, NOW)).toBe(6);
    expect(secondsLeft(run({ a: entry("running") }), {}, NOW)).toBeNull();
    const mostlyNew = run({
      a: entry("finished"),
      b: entry("running"),
      c: entry("queued"),
      d: entry("queued"),
    });
    expect(secondsLeft(mostlyNew, { a: 1, b: 1 }, NOW)).toBeNull();
  });

  it("is what a script says of its progress, rather than what it took before", () => {
    const half = { ...entry("running", 30), progress: 0.5 };
    expect(secondsLeft(run({ a: half }), {}, NOW)).toBe(30);
    expect(secondsLeft(run({ a: half }), { a: 300 }, NOW)).toBe(30);
    const justBegun = { ...entry("running", 1), progress: 0.001 };
    expect(secondsLeft(run({ a: justBegun }), { a: 300 }, NOW)).toBe(299);
  });

  it("never falls below nothing, and is said as a guess", () => {
    expect(secondsLeft(run({ a: entry("running", 60) }), { a: 3 }, NOW)).toBe(0);
    expect([0, 7.6, 33, 130, 7000].map(leftText)).toEqual([
      "about a second left", "about 8 s left", "about 35 s left", "about 2 min left", "about 2 h left",
    ]); // prettier-ignore
  });
});

it("counts what is done, and says where a node stands in the queue", () => {
  const { nodes } = run({
    a: entry("finished"),
    b: entry("running"),
    c: entry("queued"),
    d: entry("queued"),
  });
  expect(progressOf(nodes)).toEqual({ done: 1, total: 4, fraction: 0.25 });
  const halfway = Object.values(nodes).map((node) =>
    node.state === "running" ? { ...node, progress: 0.5 } : node,
  );
  expect(progressOf(Object.fromEntries(halfway.entries())).fraction).toBe(0.375);
  expect(queuePlace(nodes, "d")).toEqual({ place: 2, waiting: 2 });
  expect(queuePlace(nodes, "a")).toBeNull();
});
