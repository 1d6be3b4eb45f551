import { describe, expect, it } from "vitest";
import { catalog, file, place } from "../testing/graph";
import { proposedTo, summaryOf } from "./proposed";
import type { ExperimentFile } from "./types";

const python = { id: "n5", module: "python", params: {}, position: place };
const document: ExperimentFile = {
  ...file,
  nodes: [
    { id: "n1", module: "dataset", position: place, params: { dataset: "hello" } },
    ...file.nodes.slice(1, 3),
    python,
  ],
  wires: [...file.wires.slice(0, 2), { from: "n2.right", to: "n5.one" }],
};

describe("a proposed edit", () => {
  it("tells what is new, what changes and what goes", () => {
    const shown = proposedTo(file, file, document, catalog);
    expect(shown.added).toEqual([python]);
    expect([...shown.marks].map(([id, { kind, words }]) => `${id} ${kind}: ${words}`)).toEqual([
      "n1 changed: would change: Dataset",
      "n3 changed: would change: what comes in at b",
      "n4 removed: would be removed",
    ]);
    expect([...shown.newWires, ...shown.goneWires]).toEqual(["n2.right→n5.one", "n2.right→n3.b"]);
    expect(summaryOf(shown)).toBe("adds 1 node, changes 2, removes 1");
  });

  it("is told against what stands on the canvas now", () => {
    const mine = { ...file, nodes: file.nodes.filter(({ id }) => id !== "n4"), name: "Mine" };
    const shown = proposedTo(mine, file, document, catalog);
    expect(shown.file.name).toBe("Mine");
    expect(shown.marks.has("n4")).toBe(false);
    expect(summaryOf(proposedTo(mine, file, file, catalog))).toBe("changes no node");
    const rewired = { ...file, wires: [] };
    expect(summaryOf(proposedTo({ ...file, wires: [] }, file, rewired, catalog))).toBe("changes no node");
  });
});
