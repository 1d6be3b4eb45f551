import { describe, expect, it } from "vitest";
import { catalog, file } from "../../testing/graph";
import { flowEdges, flowNodes } from "../flow/flowAdapter";
import { wireLines } from "./farWires";
import { areaOfAll, frameFor, smallestZoom } from "./overviewShape";

const graph = {
  ...file,
  nodes: file.nodes.map((node, index) => ({ ...node, position: { x: 0, y: index * 200 } })),
};
const nodes = flowNodes(graph, catalog, new Set(), []);
const edges = flowEdges(graph, catalog, new Set(["n2.left→n3.a"]), []);
const library = { ...catalog, modules: [], offered: [], datasets: [], reference: () => ({ module: "" }) };

describe("a graph seen from far away", () => {
  it("has one line for each type of wire, and one for those that are selected", () => {
    const lines = wireLines(edges, nodes, library, ({ target }) => target === "nobody");
    expect([...lines.keys()].sort()).toEqual(["selected", "table"]);
    expect(lines.get("table")?.match(/M/g)).toHaveLength(2);
    expect(lines.get("table")).toContain("M110 50");
  });
  it("is wholly in the overview, in the overview's shape, with what is in view", () => {
    const all = areaOfAll(nodes);
    expect(all).toEqual({ x: 0, y: 0, width: 220, height: 650 });
    const frame = frameFor(all, { x: 500, y: 0, width: 100, height: 100 }, { width: 144, height: 96 });
    expect(frame.x).toBeLessThan(0);
    expect(frame.x + frame.width).toBeGreaterThan(600);
    expect(frame.width / frame.height).toBeCloseTo(1.5);
  });
  it("fits, however wide it is", () => {
    expect(smallestZoom([])).toBe(0.04);
    expect(smallestZoom(nodes)).toBe(0.04);
    const wide = nodes.map((node, index) => ({ ...node, position: { x: 30_000 * index, y: 0 } }));
    expect(smallestZoom(wide) * 90_220).toBeLessThan(320);
  });
});
