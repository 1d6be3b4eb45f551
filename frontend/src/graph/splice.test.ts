import { describe, expect, it } from "vitest";
import { catalog, file } from "../testing/graph";
import { addNode } from "./edits";
import { wireId } from "./read";
import { bypass, removeKeeping, splice } from "./splice";
import type { Graph, Wire } from "./types";

const drawn = (graph: Graph | null) => graph?.wires.map(wireId).sort();
const wire = file.wires[0] as Wire;
const withNode = (module: string) => addNode(file, "n9", { module, position: { x: 0, y: 0 } });

describe("a node dropped on a wire", () => {
  it("is put into it, by its first ports that fit", () => {
    expect(drawn(splice(withNode("python"), catalog, wire, "n9"))).toEqual(
      ["n1.dataset→n9.one", "n9.out→n2.in", "n2.left→n3.a", "n2.right→n3.b"].sort(),
    );
  });
  it("is left alone where its ports do not fit, or where it hangs on the wire already", () => {
    expect(splice(withNode("dataset"), catalog, wire, "n9")).toBeNull();
    expect(splice(file, catalog, wire, "n2")).toBeNull();
  });
  it("never makes a circle", () => {
    expect(splice(file, catalog, wire, "n3")).toBeNull();
  });
});

describe("a node taken out of its wires", () => {
  it("leaves what fed it wired to what it fed, however many", () => {
    expect(drawn(removeKeeping(file, catalog, new Set(["n2"])))).toEqual([
      "n1.dataset→n3.a",
      "n1.dataset→n3.b",
    ]);
  });
  it("does so through several nodes at once", () => {
    const longer = { ...withNode("split"), wires: [...file.wires, { from: "n3.out", to: "n9.in" }] };
    expect(drawn(removeKeeping(longer, catalog, new Set(["n2", "n3"])))).toEqual(["n1.dataset→n9.in"]);
  });
  it("leaves no wire where the types differ", () => {
    const zip = {
      ...file,
      nodes: file.nodes.map((n) => (n.id === "n1" ? { ...n, params: { dataset: "hello" } } : n)),
    };
    expect(drawn(removeKeeping(zip, catalog, new Set(["n2"])))).toEqual([]);
  });
  it("stays, with what feeds it, where it is only bypassed", () => {
    expect(drawn(bypass(file, catalog, new Set(["n2"])))).toEqual(
      ["n1.dataset→n2.in", "n1.dataset→n3.a", "n1.dataset→n3.b"].sort(),
    );
    expect(bypass(file, catalog, new Set(["n1"]))).toBe(file);
  });
});
