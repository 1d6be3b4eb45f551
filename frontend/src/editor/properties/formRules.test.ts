import { describe, expect, it } from "vitest";
import type { GraphNode, ModuleSpec, ParamSpec } from "../../graph/types";
import { paramSpec } from "../../testing/graph";
import { boundsProblem, isChanged, shownParams } from "./formRules";

const param = (name: string, more: Partial<ParamSpec> = {}): ParamSpec =>
  paramSpec({ name, type: "number", default: 0, ...more });

const module = {
  slug: "m",
  params: [param("mode", { type: "choice", default: "a" }), param("seed", { shown_when: { mode: ["b"] } })],
} as unknown as ModuleSpec;

const node = (params: Record<string, unknown>): GraphNode => ({
  id: "n1",
  module: "m",
  params,
  position: { x: 0, y: 0 },
});

describe("the form of a node", () => {
  it("draws a param only while another has a value that shows it", () => {
    expect(shownParams(module, node({})).map((one) => one.name)).toEqual(["mode"]);
    expect(shownParams(module, node({ mode: "b" })).map((one) => one.name)).toEqual(["mode", "seed"]);
  });

  it("knows what differs from the default", () => {
    const seed = param("seed");
    expect(isChanged(node({}), module, seed)).toBe(false);
    expect(isChanged(node({ seed: 0 }), module, seed)).toBe(false);
    expect(isChanged(node({ seed: 2 }), module, seed)).toBe(true);
  });

  it("says which bound a number breaks", () => {
    expect(boundsProblem(param("x", { min: 0, max: 1 }), 2)).toBe("At most 1.");
    expect(boundsProblem(param("x", { min: 0, max: 1 }), -1)).toBe("At least 0.");
    expect(boundsProblem(param("x", { min: 0, max: 1 }), 0.5)).toBeNull();
  });
});
