import { describe, expect, it } from "vitest";
import { addNode, moveNodes, setParam } from "../../graph/edits";
import { FORMAT, type Catalog, type ExperimentFile } from "../../graph/types";
import { moduleSpec } from "../../testing/graph";
import { flowEdges, flowNodes } from "./flowAdapter";
import { fittingEnds, judge } from "../canvas/wiring";

const port = (name: string) => ({ name, label: name, type: "table" as const, optional: false });
const step = moduleSpec({
  slug: "step",
  name: "Step",
  inputs: [port("a"), port("b")],
  outputs: [port("out")],
});
const catalog: Catalog = {
  module: (slug) => (slug === "step" ? step : undefined),
  datasetKind: () => undefined,
};
const node = (id: string, y: number) => ({ id, module: "step", params: {}, position: { x: 0, y } });
const file: ExperimentFile = {
  format: FORMAT,
  name: "Chain",
  nodes: [node("n1", 0), node("n2", 100), node("n3", 200)],
  wires: [
    { from: "n1.out", to: "n2.a" },
    { from: "n2.out", to: "n3.a" },
  ],
};
const none = new Set<string>();

describe("the canvas's nodes", () => {
  const before = flowNodes(file, catalog, none, []);
  it("stay the same objects unless their own node changes", () => {
    const after = flowNodes(setParam(file, "n2", "x", 1), catalog, none, before);
    expect(after.map((one, index) => one === before[index])).toEqual([true, false, true]);
    expect(flowNodes({ ...file, wires: [] }, catalog, none, before)).toBe(before);
  });
  it("stay under the pointer while they are dragged", () => {
    const dragged = before.map((one) =>
      one.id === "n1" ? { ...one, dragging: true, position: { x: 7, y: 7 } } : one,
    );
    const after = flowNodes(file, catalog, new Set(["n1"]), dragged);
    expect(after[0]?.position).toEqual({ x: 7, y: 7 });
  });
  it("follow the graph's places and selection", () => {
    const moved = flowNodes(
      moveNodes(file, new Map([["n3", { x: 5, y: 5 }]])),
      catalog,
      new Set(["n3"]),
      before,
    );
    expect(moved[2]).toMatchObject({ selected: true, position: { x: 5, y: 5 }, ariaLabel: "Step" });
  });
});

describe("the canvas's wires", () => {
  it("are kept where nothing changed, and left out where a port is not there", () => {
    const before = flowEdges(file, catalog, none, []);
    expect(flowEdges({ ...file, nodes: [...file.nodes] }, catalog, none, before)).toBe(before);
    const broken = { ...file, wires: [...file.wires, { from: "n1.gone", to: "n3.b" }] };
    expect(flowEdges(broken, catalog, none, before)).toHaveLength(2);
  });
});

describe("a wire being drawn", () => {
  it("is judged the same from both of its ends", () => {
    const fromOutput = judge(file, catalog, { node: "n3", port: "out" }, "output");
    const fromInput = judge(file, catalog, { node: "n1", port: "b" }, "input");
    const why = "This would make a loop: Step already feeds Step.";
    expect(fromOutput({ node: "n1", port: "b" })).toBe(why);
    expect(fromInput({ node: "n3", port: "out" })).toBe(why);
    expect(judge(file, catalog, { node: "n3", port: "b" }, "input")({ node: "n1", port: "out" })).toBeNull();
  });
  it("offers free inputs before taken ones", () => {
    const grown = addNode(file, "n4", { module: "step", position: { x: 0, y: 300 } });
    const ends = fittingEnds(grown, catalog, { node: "n1", port: "out" }, "output").map(
      (end) => `${end.node}.${end.port}`,
    );
    expect(ends).toEqual(["n4.a", "n4.b", "n2.b", "n3.b", "n2.a", "n3.a"]);
  });
});
