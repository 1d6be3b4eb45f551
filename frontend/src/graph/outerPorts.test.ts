import { expect, it } from "vitest";
import { outerPorts } from "./outerPorts";
import type { Catalog, Marked, ModuleSpec } from "./types";

const port = (name: string, optional = false) => ({ name, label: name, type: "table", optional });
const catalog: Catalog = {
  module: (slug) =>
    ({
      slug,
      inputs: [port("in"), port("more", true)],
      outputs: slug === "wide" ? Array.from({ length: 12 }, (_, at) => port(`o${at}`)) : [port("out")],
    }) as unknown as ModuleSpec,
  datasetKind: () => undefined,
};
const node = (id: string, x: number, module = "m") => ({ id, module, params: {}, position: { x, y: 0 } });
const folded = (wires: Marked["wires"], ...nodes: Marked["nodes"]): Marked => ({
  nodes: [...nodes, node("outside", 900)],
  wires,
  frames: [
    {
      id: "f",
      title: "",
      color: "blue",
      position: { x: 0, y: 0 },
      size: { width: 9, height: 9 },
      collapsed: nodes.map(({ id }) => id),
    },
  ],
});

it("are those with wires to the outside and those with none, from left to right", () => {
  const file = folded(
    [
      { from: "left.out", to: "right.in" },
      { from: "right.out", to: "outside.in" },
    ],
    node("right", 300),
    node("left", 0),
  );
  expect(outerPorts(file, catalog, "f")).toEqual({
    inputs: ["left.in", "left.more", "right.more"],
    outputs: ["right.out"],
  });
});

it("leave free ports out where there is no room, and never one with a wire", () => {
  const file = folded([{ from: "w.o11", to: "outside.in" }], node("w", 0, "wide"));
  const { outputs } = outerPorts(file, catalog, "f");
  expect(outputs).toHaveLength(8);
  expect(outputs).toContain("w.o11");
});
