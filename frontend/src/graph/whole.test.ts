import { describe, expect, it } from "vitest";
import { readText } from "./clipboard";
import { droppedText, mended, whole } from "./whole";

const BAD = [null, 5, "x", [], {}, Number.NaN, 1e308, { x: 1e308, y: 0 }, { x: "1", y: 0 }, { x: 1 }];

describe("a file that others wrote", () => {
  it("has a place that can be drawn for each node", () => {
    for (const position of BAD) {
      const { nodes } = whole({ nodes: [{ id: "n1", module: "dataset", position }] });
      expect(nodes).toEqual([{ id: "n1", module: "dataset", params: {}, position: { x: 40, y: 40 } }]);
    }
  });

  it("loses what is no node, wire, note or frame, and says how many", () => {
    const node = { id: "n1", module: "__proto__", params: { constructor: 1 }, position: { x: 0, y: 0 } };
    const mark = { id: "note1", position: { x: 0, y: 0 }, size: { width: 20, height: 20 } };
    const { file, dropped } = mended({
      nodes: [node, node, ...BAD],
      wires: [{ from: "n1.a", to: "n1.b" }, ...BAD],
      notes: [
        mark,
        mark,
        { ...mark, id: "n1" },
        { ...mark, id: "big", size: { width: 1e308, height: 1 } },
        ...BAD,
      ],
      frames: BAD,
    });
    expect(file.nodes).toEqual([node]);
    expect(file.wires).toHaveLength(1);
    expect(file.notes).toHaveLength(1);
    expect(file).not.toHaveProperty("frames");
    expect(dropped).toEqual(["11 nodes", "10 wires", "13 notes", "10 frames"]);
  });

  it("stays a file where its lists are none", () => {
    for (const bad of [null, 5, "x", {}]) {
      expect(whole({ nodes: bad, wires: bad, notes: bad, frames: bad, name: bad })).toMatchObject({
        nodes: [],
        wires: [],
      });
    }
  });

  it("is taken by the clipboard as far as it fits", () => {
    const text = JSON.stringify({
      format: "studio-experiment/1",
      nodes: [null, { id: "n1", module: "constructor" }],
    });
    const found = readText(text);
    expect(found?.file.nodes).toHaveLength(1);
    expect(droppedText(found?.dropped ?? [])).toBe(" Left out, since it cannot be drawn: 1 node.");
  });
});
