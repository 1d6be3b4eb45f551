import { describe, expect, it } from "vitest";
import { isPinned, pinNode, pinsOf, pinText } from "./pins";
import { staleNodes } from "./stale";
import type { Catalog, Graph } from "./types";

const catalog: Catalog = { module: () => undefined, datasetKind: () => undefined };
const at = { x: 0, y: 0 };
const node = (id: string, params = {}) => ({ id, module: "m", params, position: at });
const graph = (alpha: number): Graph => ({
  nodes: [node("a", { alpha }), node("b"), node("c")],
  wires: [
    { from: "a.out", to: "b.in" },
    { from: "b.out", to: "c.in" },
  ],
});

describe("pins", () => {
  it("are laid on a node and taken away", () => {
    const pinned = pinNode(graph(1), "b", { out: "kept@1" });
    expect(pinned.nodes.map(isPinned)).toEqual([false, true, false]);
    expect(pinned.nodes.map(pinsOf).map(pinText)[1]).toContain("takes kept@1 instead of running");
    expect(pinNode(pinned, "b", {})).toEqual(graph(1));
    expect(pinsOf({ pinned: 7 as never })).toEqual({});
  });

  it("keep what is below up to date when something above is edited", () => {
    const ran = pinNode(graph(1), "b", { out: "kept@1" });
    const now = pinNode(graph(2), "b", { out: "kept@1" });
    expect([...staleNodes(ran, now, catalog).keys()]).toEqual(["a"]);
    expect([...staleNodes(graph(1), graph(2), catalog).keys()]).toEqual(["a", "b", "c"]);
  });

  it("make results stale only if they are others than before, or gone", () => {
    const [plain, pinned] = [graph(1), pinNode(graph(1), "b", { out: "kept@1" })];
    expect([...staleNodes(plain, pinned, catalog)]).toEqual([]);
    expect(staleNodes(pinned, plain, catalog).get("b")).toBe("It was unpinned.");
    const other = pinNode(graph(1), "b", { out: "kept@2" });
    expect(staleNodes(pinned, other, catalog).get("c")).toBe(
      "m above it changed: it was pinned to another result.",
    );
  });
});
