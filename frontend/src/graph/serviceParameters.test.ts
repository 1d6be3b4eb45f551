import { expect, it } from "vitest";
import { freeName, markParam, marksOf } from "./serviceParameters";
import type { Graph } from "./types";

const graph = (): Graph => ({
  nodes: [{ id: "a", module: "m", params: {}, position: { x: 0, y: 0 } }],
  wires: [],
});
const marks = ({ nodes }: Graph) => nodes.map(marksOf)[0];

it("marks a param, calls it otherwise, and leaves the file as it was once nothing is marked", () => {
  const marked = markParam(graph(), "a", "fraction", "share");
  expect(marks(marked)).toEqual({ fraction: "share" });
  const both = markParam(markParam(marked, "a", "seed", "seed"), "a", "fraction", "part");
  expect(marks(both)).toEqual({ seed: "seed", fraction: "part" });
  expect(markParam(markParam(both, "a", "seed", null), "a", "fraction", null)).toEqual(graph());
});

it("reads nothing where a file holds something else", () => {
  for (const odd of [7, null, ["x"], { fraction: 1 }, { fraction: " " }, {}])
    expect(marksOf({ ...graph().nodes[0], service_parameters: odd } as never)).toEqual({});
});

it("finds a name that is free", () => {
  expect(freeName("seed", new Set())).toBe("seed");
  expect(freeName("seed", new Set(["seed", "seed_2"]))).toBe("seed_3");
});
