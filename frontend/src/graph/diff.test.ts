import { describe, expect, it } from "vitest";
import type { ModuleSpec } from "../api/types";
import { diffGraphs } from "./diff";
import { sameValue } from "./same";
import { staleNodes } from "./stale";
import type { Catalog, Graph } from "./types";
import { valueText } from "./valueText";

const split = {
  slug: "split-data",
  name: "Split Data",
  inputs: [{ name: "dataset", label: "Dataset" }],
  params: [
    { name: "fraction", label: "Fraction", type: "number", default: 0.5 },
    { name: "script", label: "Script", type: "code", default: "" },
  ],
} as unknown as ModuleSpec;
const catalog: Catalog = {
  module: (slug) => (slug === "split-data" ? split : undefined),
  datasetKind: () => undefined,
};
const node = (id: string, params: Record<string, unknown> = {}, x = 0) => ({
  id, module: "split-data", params, position: { x, y: 0 }, comment: "",
}); // prettier-ignore
const graph = (nodes: Graph["nodes"], ...wires: [string, string][]): Graph => ({
  nodes,
  wires: wires.map(([from, to]) => ({ from: `${from}.out`, to: `${to}.dataset` })),
});
const BEFORE = graph([node("a"), node("b"), node("c")], ["a", "b"], ["b", "c"]);

describe("comparing two versions", () => {
  const kinds = (after: Graph) =>
    Object.fromEntries(diffGraphs(BEFORE, after, catalog).map(({ node: { id }, kind }) => [id, kind]));

  it("tells moved from changed, and finds what came and went", () => {
    const after = graph([node("a", {}, 40), node("b", { fraction: 0.7 }), node("d")], ["a", "b"]);
    expect(kinds(after)).toEqual({ a: "moved", b: "changed", c: "removed", d: "added" });
  });

  it("takes a param left out for its default", () => {
    expect(kinds(graph([node("a", { fraction: 0.5 }), node("b"), node("c")], ["a", "b"], ["b", "c"])).a).toBe(
      "same",
    );
  });

  it("lists params by label, scripts as text, and inputs wired anew", () => {
    const after = graph(
      [node("a"), node("b", { fraction: 0.7, script: "x\ny" }), node("c")],
      ["a", "b"],
      ["a", "c"],
    );
    const diff = diffGraphs(BEFORE, after, catalog);
    expect(diff[1]?.params.map(({ label, isText }) => [label, isText])).toEqual([
      ["Fraction", false],
      ["Script", true],
    ]);
    expect(diff[2]?.inputs).toEqual([{ port: "dataset", label: "Dataset", before: "b.out", after: "a.out" }]);
  });
});

describe("stale results", () => {
  it("are none while nothing but places and comments changed", () => {
    const after = graph(
      [{ ...node("a", {}, 99), comment: "hm" }, node("b"), node("c")],
      ["a", "b"],
      ["b", "c"],
    );
    expect(staleNodes(BEFORE, after, catalog).size).toBe(0);
  });

  it("are the changed node's and all below it, each with why", () => {
    const after = graph(
      [node("a", { fraction: 0.7 }), node("b"), node("c"), node("new")],
      ["a", "b"],
      ["b", "c"],
      ["c", "new"],
    );
    expect(Object.fromEntries(staleNodes(BEFORE, after, catalog))).toEqual({
      a: "Fraction is 0.7 now, and was 0.5.",
      b: "Split Data above it changed: Fraction 0.5 → 0.7.",
      c: "Split Data above it changed: Fraction 0.5 → 0.7.",
    });
  });

  it("are those that stand on another version of a dataset, or on a newer library, and all below", () => {
    const orders = [{ what: "orders", before: "1", after: "2" }];
    const newer = [{ what: "another version of the module", before: null, after: null }];
    const outside = { a: orders, c: newer, gone: orders };
    expect(Object.fromEntries(staleNodes(BEFORE, BEFORE, catalog, outside))).toEqual({
      a: "orders 1 → 2.",
      b: "Split Data above it changed: orders 1 → 2.",
      c: "Another version of the module.",
    });
    const edited = graph([node("a", { fraction: 0.7 }), node("b"), node("c")], ["a", "b"], ["b", "c"]);
    expect(staleNodes(BEFORE, edited, catalog, outside).get("a")).toBe("Fraction is 0.7 now, and was 0.5.");
  });

  it("say it of wires, too", () => {
    expect(staleNodes(BEFORE, graph(BEFORE.nodes, ["b", "c"]), catalog).get("b")).toBe(
      "Dataset is not connected any more.",
    );
  });
});

it("values are the same whatever the order of their keys, and read in few words", () => {
  expect(sameValue({ a: [1, { b: 2, c: null }] }, { a: [1, { c: null, b: 2 }] })).toBe(true);
  expect(sameValue({ a: 1 }, { a: 1, b: undefined })).toBe(true);
  expect(sameValue([1], { 0: 1 })).toBe(false);
  expect(valueText(true)).toBe("on");
  expect(valueText({ begin: "none", rules: [{ by: "names", values: ["age", "sex"], exclude: false }] })).toBe(
    "age, sex",
  );
});
