import { describe, expect, it } from "vitest";
import { catalog, file } from "../testing/graph";
import { connect } from "./connect";
import { diffGraphs } from "./diff";
import { changeNode, nameNode, setParam } from "./edits";
import { findIn } from "./find";
import { findNode, nodeKind, nodeName } from "./read";
import { staleNodes } from "./stale";
import type { GraphNode } from "./types";

const named = nameNode(file, "n2", "  Hold \n out ", "split");
const nodeOf = (id: string, of = named): GraphNode => {
  const node = findNode(of, id);
  if (!node) throw new Error(`There is no ${id}.`);
  return node;
};

describe("a node's name", () => {
  it("is its own, else its dataset's, else its module's", () => {
    expect(nodeName(catalog, nodeOf("n2"))).toBe("Hold out");
    expect(nodeKind(catalog, nodeOf("n2"))).toBe("split");
    expect(nodeName(catalog, nodeOf("n1"))).toBe("pima");
    expect(nodeName(catalog, nodeOf("n3"))).toBe("join");
  });
  it("goes with an empty name, and with the usual one", () => {
    for (const name of ["  ", "split"]) {
      expect("name" in nodeOf("n2", nameNode(named, "n2", name, "split"))).toBe(false);
    }
  });
  it("is no name where a file has something else there", () => {
    const odd = changeNode(file, "n2", (node) => ({ ...node, name: 5 as unknown as string }));
    expect(nodeName(catalog, nodeOf("n2", odd))).toBe("split");
  });
  it("is found, and the module with it", () => {
    const places = findIn(named, catalog, "hold out").map(({ id, where }) => `${id} ${where}`);
    expect(places).toEqual(["n2 Name"]);
    expect(findIn(named, catalog, "split").map(({ where }) => where)).toEqual(["Module"]);
  });
  it("makes nothing stale, is told as the reason below, and as a change between versions", () => {
    const wired = connect(named, { node: "n2", port: "left" }, { node: "n4", port: "one" });
    expect(
      staleNodes(connect(file, { node: "n2", port: "left" }, { node: "n4", port: "one" }), wired, catalog)
        .size,
    ).toBe(0);
    expect(staleNodes(wired, setParam(wired, "n2", "x", 1), catalog).get("n4")).toMatch(
      /^Hold out above it changed/,
    );
    const changed = diffGraphs(file, named, catalog).filter(({ kind }) => kind === "changed");
    expect(changed.map(({ node, name }) => [node.id, name])).toEqual([
      ["n2", { before: "", after: "Hold out" }],
    ]);
  });
});
