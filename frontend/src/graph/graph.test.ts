import { describe, expect, it } from "vitest";
import { catalog, file, place } from "../testing/graph";
import { copyText, duplicate, paste, readText } from "./clipboard";
import { canConnect, connect, firstWire } from "./connect";
import { freshId, removeNodes, renameParam, setParam } from "./edits";
import { freeShift, NODE_HEIGHT, NODE_WIDTH } from "./place";
import { nodeProblems } from "./problems";
import { downstream, upstream } from "./reach";
import { endOf } from "./read";
import { FORMAT } from "./types";

const why = (from: string, to: string, graph = file) => canConnect(graph, catalog, endOf(from), endOf(to));

describe("wires", () => {
  it("fit between ports of one type", () => expect(why("n3.out", "n4.one")).toBeNull());
  it("name both types where they do not fit", () =>
    expect(why("n3.out", "n4.zip")).toBe("out gives a table, but zip of python takes a bundle (zip)."));
  it("take a dataset's own kind", () => {
    expect(why("n1.dataset", "n4.zip")).toContain("gives a table");
    expect(why("n1.dataset", "n4.zip", setParam(file, "n1", "dataset", "hello"))).toBeNull();
    expect(why("n1.dataset", "n4.zip", setParam(file, "n1", "dataset", "unknown"))).toBeNull();
  });
  it("make no circle", () =>
    expect(why("n3.out", "n2.in")).toBe("This would make a loop: split already feeds join."));
  it("do not lead back into their own node", () => expect(why("n2.left", "n2.in")).toContain("itself"));
  it("replace the one on a taken input", () => {
    const wired = connect(file, endOf("n1.dataset"), endOf("n3.a"));
    expect(wired.wires.filter((wire) => wire.to === "n3.a")).toEqual([{ from: "n1.dataset", to: "n3.a" }]);
    expect(wired.wires).toHaveLength(3);
  });
});

describe("edits", () => {
  it("keep the value of a param that is renamed", () => {
    const given = setParam(file, "n1", "alpha", 0.5);
    const params = (graph: typeof file) => graph.nodes.find(({ id }) => id === "n1")?.params;
    expect(params(renameParam(given, "n1", "alpha", "beta"))).toEqual({ ...params(file), beta: 0.5 });
    expect(renameParam(file, "n1", "alpha", "beta")).toEqual(file);
  });

  it("keep what they do not know", () => expect(setParam(file, "n1", "dataset", "x").tags).toEqual(["kept"]));
  it("take a node's wires along when it goes", () =>
    expect(removeNodes(file, new Set(["n2"])).wires).toEqual([]));
  it("never hand out an id that was in use", () => {
    expect(freshId(file)).toBe("n5");
    expect(freshId(file, ["n9"])).toBe("n10");
  });
  it("find room for a new node", () => {
    const box = { id: "there", x: 0, y: 0, width: NODE_WIDTH, height: NODE_HEIGHT };
    expect(freeShift([{ ...box, x: 300 }], [box])).toEqual({ x: 0, y: 0 });
    expect(freeShift([box], [box])).toEqual({ x: 0, y: 100 });
    // What lies below is gone around on the nearer side.
    const below = { ...box, id: "below", y: 100 };
    expect(freeShift([{ ...box, x: 200, y: 10 }], [box, below])).toEqual({ x: 60, y: 20 });
    // Several keep their places to each other.
    const pair = [box, { ...box, y: 110 }];
    const by = freeShift(pair, [box, below]);
    expect(
      pair
        .map((one) => ({ ...one, x: one.x + by.x, y: one.y + by.y }))
        .every((one) => Math.abs(one.x) >= NODE_WIDTH || one.y >= 164 || one.y <= -64),
    ).toBe(true);
    const crowd = Array.from({ length: 900 }, (_, at) => ({
      ...box,
      id: String(at),
      x: 230 * (at % 30) - 3450,
      y: 80 * Math.floor(at / 30) - 1200,
    }));
    expect(freeShift([box], crowd).x).toBeGreaterThan(0);
  });
  it("are wired to another by the first port that fits, one that feeds nothing before others", () => {
    expect(firstWire(file, catalog, "n3", "n4")).toEqual({ from: "n3.out", to: "n4.one" });
    expect(firstWire(file, catalog, "n2", "n4")).toEqual({ from: "n2.left", to: "n4.one" });
    const half = { ...file, wires: file.wires.filter(({ from }) => from !== "n2.right") };
    expect(firstWire(half, catalog, "n2", "n4")).toEqual({ from: "n2.right", to: "n4.one" });
    // A taken input is left alone, and no circle is made.
    expect(firstWire(file, catalog, "n4", "n3")).toBeNull();
    expect(firstWire(file, catalog, "n3", "n2")).toBeNull();
  });
});

describe("copies", () => {
  it("travel as an experiment file with fresh ids and inner wires", () => {
    const piece = readText(copyText(file, new Set(["n2", "n3"])))?.file;
    expect(piece?.format).toBe(FORMAT);
    expect(piece).not.toBeNull();
    const pasted = paste(file, piece ?? file, { x: 100, y: 50 });
    expect(pasted.ids).toEqual(["n5", "n6"]);
    expect(pasted.graph.wires.slice(3)).toEqual([
      { from: "n5.left", to: "n6.a" },
      { from: "n5.right", to: "n6.b" },
    ]);
    expect(pasted.graph.nodes[4]?.position).toEqual({ x: 100, y: 50 });
  });
  it("are not made of other text", () => {
    expect(readText("hello")).toBeNull();
    expect(readText('{"a": 1}')).toBeNull();
  });
  it("keep the wires from outside when duplicated", () =>
    expect(duplicate(file, new Set(["n2"])).graph.wires.at(-1)).toEqual({ from: "n1.dataset", to: "n5.in" }));
});

describe("questions", () => {
  it("say what feeds a node and what it feeds", () => {
    expect([...upstream(file, ["n3"])].sort()).toEqual(["n1", "n2"]);
    expect([...downstream(file, ["n1"])].sort()).toEqual(["n2", "n3"]);
  });
  it("say what is missing", () => {
    const node = { id: "n9", module: "join", params: {}, position: place };
    expect(nodeProblems(file, catalog, node).map((p) => p.message)).toEqual([
      "Connect something to a.",
      "Connect something to b.",
    ]);
    const empty = { id: "n9", module: "dataset", params: {}, position: place };
    expect(nodeProblems(file, catalog, empty)[0]?.message).toBe("Choose Dataset.");
  });
});
