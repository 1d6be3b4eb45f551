import { describe, expect, it } from "vitest";
import type { Repair } from "../api/types";
import { applyRepair } from "./repair";
import { FORMAT, type ExperimentFile } from "./types";

const node = (id: string, y: number) => ({ id, module: "m", params: {}, position: { x: 0, y } });
const FILE: ExperimentFile = {
  format: FORMAT,
  name: "",
  nodes: [node("n1", 0), node("n2", 100), node("n3", 200)],
  wires: [
    { from: "n1.out", to: "n2.in", color: "kept" },
    { from: "n2.out", to: "n3.in" },
  ],
};
const REPAIR: Repair = {
  label: "Move below the split",
  nodes: [{ id: "apply-1", module: "apply", params: { a: 1 }, name: "", position: { x: 900, y: 8 } }],
  moves: { n3: { x: 0, y: 100 } },
  unwire: [{ from: "n2.out", to: "n3.in" }],
  wire: [
    { from: "n2.out", to: "apply-1.in" },
    { from: "apply-1.out", to: "n3.in" },
  ],
};

describe("a repair", () => {
  it("adds nodes under new ids, moves nodes and changes wires", () => {
    const after = applyRepair(FILE, REPAIR, new Set(["n7"]));
    expect(after.nodes.at(-1)).toEqual({
      id: "n8", module: "apply", params: { a: 1 }, comment: "", position: { x: 900, y: 8 },
    }); // prettier-ignore
    expect(after.nodes[2]?.position).toEqual({ x: 0, y: 100 });
    expect(after.wires).toEqual([
      FILE.wires[0],
      { from: "n2.out", to: "n8.in" },
      { from: "n8.out", to: "n3.in" },
    ]);
  });

  it("does nothing where the graph is no longer the one that it was made for", () => {
    const gone = { ...FILE, wires: FILE.wires.slice(0, 1) };
    expect(applyRepair(gone, REPAIR, new Set())).toBe(gone);
    const taken = { ...REPAIR, wire: [{ from: "n1.out", to: "n2.in" }] };
    expect(applyRepair(FILE, taken, new Set())).toBe(FILE);
  });
});
