import { expect, test } from "vitest";
import { moduleSpec, paramSpec, place } from "../testing/graph";
import { resetParam, setParam } from "./edits";
import { paramValue } from "./read";
import type { ExperimentFile, GraphNode } from "./types";

const module = moduleSpec({
  slug: "split",
  params: [
    paramSpec({ name: "seed", label: "Random seed", type: "number", default: 0 }),
    paramSpec({ name: "rows", label: "Number of row(s)", type: "number", default: 1 }),
    paramSpec({
      name: "method",
      label: "Method",
      type: "choice",
      default: "min_max",
      choices: [
        { value: "min_max", label: "MinMax" },
        { value: "z_score", label: "ZScore" },
      ],
    }),
    // Its label is the name of another.
    paramSpec({ name: "first", label: "Seed", type: "number", default: 5 }),
  ],
});
const node = (params: Record<string, unknown>): GraphNode => ({
  id: "a",
  module: "split",
  params,
  position: place,
});
const file = (params: Record<string, unknown>) =>
  ({ format: "studio-experiment/1", name: "", nodes: [node(params)], wires: [] }) as ExperimentFile;

test("a param is found by its label, as classic names it, unless its own name is there", () => {
  expect(paramValue(node({ random_seed: 7 }), module, "seed")).toBe(7);
  expect(paramValue(node({ number_of_rows: 9 }), module, "rows")).toBe(9);
  expect(paramValue(node({ random_seed: 7, seed: 3 }), module, "seed")).toBe(3);
  expect(paramValue(node({}), module, "seed")).toBe(0);
  expect(paramValue(node({ seed: 3 }), module, "first")).toBe(5);
});

test("a choice is shown however it is spelled", () => {
  expect(paramValue(node({ method: "ZScore" }), module, "method")).toBe("z_score");
  expect(paramValue(node({ method: "other" }), module, "method")).toBe("other");
});

test("a param that is changed or reset goes by its own name alone", () => {
  const params = (made: ExperimentFile) => made.nodes[0]?.params;
  expect(params(setParam(file({ random_seed: 7, x: 1 }), "a", "seed", 8, module))).toEqual({ x: 1, seed: 8 });
  expect(params(resetParam(file({ random_seed: 7 }), "a", "seed", module))).toEqual({});
  expect(params(setParam(file({ seed: 7 }), "a", "seed", 8, module))).toEqual({ seed: 8 });
});
