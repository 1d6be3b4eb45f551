import { describe, expect, it } from "vitest";
import type { Catalog, ExperimentFile, ModuleSpec } from "../types";
import { FORMAT } from "../types";
import { copyText, paste, readText } from "../clipboard";
import { freshId, removeNodes, setParam } from "../edits";
import { findIn } from "../find";
import { carrying } from "./carry";
import { redefine, takeVersion } from "./change";
import { definitionsOf, withOwn, type Definition } from "./definition";
import { deepName, nodesInside } from "./find";
import { layOpen } from "./layOpen";
import { embed, levelOf, pathTo, reachable } from "./level";
import { makeOne, pieceOf, whyNotOne } from "./make";
import { paramsOf } from "./params";
import { portsOfOwn } from "./ports";

const port = (name: string, optional = false) => ({ name, label: name, type: "table" as const, optional });
const spec = { slug: "m", name: "M", category: "", inputs: [port("in"), port("more", true)], outputs: [port("out")],
  params: [{ name: "x", label: "X", type: "number", default: 1, required: false, help: "", not_yet: "" }],
} as unknown as ModuleSpec; // prettier-ignore
const base: Catalog = { module: (slug) => (slug === "m" ? spec : undefined), datasetKind: () => undefined };
const node = (id: string, x = 0, module = "m") => ({ id, module, params: {}, position: { x, y: 0 } });
const wire = (from: string, to: string) => ({ from: `${from}.out`, to: `${to}.in` });
const file = (wires: [string, string][], ids: string[]): ExperimentFile => ({
  format: FORMAT, name: "F", description: "", nodes: ids.map((id, at) => node(id, at * 100)), wires: wires.map(([a, b]) => wire(a, b)),
}); // prettier-ignore

const chain = file([["n1", "n2"], ["n2", "n3"], ["n3", "n4"]], ["n1", "n2", "n3", "n4"]); // prettier-ignore
const TWO = new Set(["n2", "n3"]);

function made(): ExperimentFile {
  return makeOne(chain, TWO, "n5", { ...pieceOf(chain, base, TWO), name: "Middle" });
}

describe("one node of several", () => {
  it("has the ports that wires cross, and the wires on them", () => {
    const now = made();
    expect(now.nodes.map(({ id, module }) => `${id} ${module}`)).toEqual(["n1 m", "n4 m", "n5 own/middle"]);
    expect(now.wires).toEqual([
      { from: "n1.out", to: "n5.in" },
      { from: "n5.out", to: "n4.in" },
    ]);
    const own = definitionsOf(now).middle as Definition;
    expect(own.inputs.map(({ to }) => to)).toEqual([["n2.in"]]);
    expect(own.outputs.map(({ from }) => from)).toEqual(["n3.out"]);
    expect(own.wires).toEqual([wire("n2", "n3")]);
  });

  it("is laid open again with the same wires and what was set outside", () => {
    const own = definitionsOf(made()).middle as Definition;
    const params = paramsOf(
      [{ node: "n2", param: spec.params[0] as never, label: "X" }],
      own.inputs,
      (id) => id,
    );
    const set = setParam(redefine(made(), "n5", { ...own, params }), "n5", "x", 7);
    const { file: laid, ids } = layOpen(set, "n5", []);
    expect(ids).toEqual(["n6", "n7"]);
    expect(laid.nodes.find(({ id }) => id === "n6")?.params).toEqual({ x: 7 });
    expect(laid.wires.map(({ from, to }) => `${from} ${to}`).sort()).toEqual([
      "n1.out n6.in",
      "n6.out n7.in",
      "n7.out n4.in",
    ]);
    expect(definitionsOf(carrying(laid, {}))).toEqual({});
  });

  it("is refused where a wire would come back from outside", () => {
    expect(whyNotOne(chain, base, new Set(["n1", "n3"]))).toContain("lies between");
    expect(whyNotOne(chain, base, TWO)).toBeNull();
  });

  it("has one input for what comes from one place, and those that must be fed", () => {
    const fork = file([["n1", "n2"], ["n1", "n3"]], ["n1", "n2", "n3", "n4"]); // prettier-ignore
    const piece = pieceOf(fork, base, new Set(["n2", "n3", "n4"]));
    expect(piece.inputs.map(({ name, to }) => [name, to])).toEqual([
      ["in", ["n2.in", "n3.in"]],
      ["in_2", ["n4.in"]],
    ]);
    expect(piece.outputs.map(({ name }) => name)).toEqual(["out", "out_2", "out_3"]);
  });
});

describe("ports that can be chosen", () => {
  it("are those that nothing inside feeds, and every output, beside what it has", () => {
    const own = definitionsOf(made()).middle as Definition;
    const renamed = { ...own, inputs: own.inputs.map((one) => ({ ...one, name: "more" })) };
    const { inputs, outputs } = portsOfOwn(renamed, base);
    expect(inputs.map(({ port, isSeen }) => [port.name, port.to, isSeen])).toEqual([
      ["more", ["n2.in"], true],
      ["more_2", ["n2.more"], false],
      ["more_2_2", ["n3.more"], false],
    ]);
    expect(outputs.map(({ port, isSeen }) => [port.name, port.from, isSeen])).toEqual([
      ["out", "n3.out", true],
      ["out_2", "n2.out", false],
    ]);
  });

  it("take their wires along when they go", () => {
    const own = definitionsOf(made()).middle as Definition;
    const now = redefine(made(), "n5", { ...own, inputs: [] });
    expect(now.wires).toEqual([{ from: "n5.out", to: "n4.in" }]);
  });
});

describe("the level inside", () => {
  it("goes by whole ids, takes edits, and gives them back", () => {
    const whole = made();
    const level = levelOf(whole, ["n5"]) as ExperimentFile;
    expect(level.nodes.map(({ id }) => id)).toEqual(["n5.n2", "n5.n3"]);
    expect(freshId(level)).toBe("n5.n4");
    const edited = embed(whole, ["n5"], setParam(level, "n5.n2", "x", 3));
    expect(edited.nodes).toEqual(whole.nodes);
    expect(definitionsOf(edited).middle?.nodes[0]).toMatchObject({ id: "n2", params: { x: 3 } });
    expect("idPrefix" in edited).toBe(false);
    expect(embed(whole, ["n5"], level)).toEqual(whole);
    expect(pathTo(whole, "n5.n3")).toEqual(["n5"]);
    expect(pathTo(whole, "n4")).toEqual([]);
    expect(reachable(removeNodes(whole, new Set(["n5"])), ["n5"])).toEqual([]);
  });

  it("of a version of the palette is copied for this node by the first edit", () => {
    const own = { ...(definitionsOf(made()).middle as Definition), slug: "middle", version: 2 };
    const pinned = carrying(takeVersion(made(), "n5", "middle@2", own), {});
    expect(Object.keys(definitionsOf(pinned))).toEqual(["middle@2"]);
    const level = levelOf(pinned, ["n5"]) as ExperimentFile;
    const edited = carrying(embed(pinned, ["n5"], setParam(level, "n5.n2", "x", 3)), {});
    expect(edited.nodes.find(({ id }) => id === "n5")?.module).toBe("own/middle");
    expect(definitionsOf(edited)).toMatchObject({ middle: { based_on: 2, slug: "middle" } });
    expect(definitionsOf(edited).middle?.version).toBeUndefined();
  });

  it("may hold another such node, whose changes reach the file", () => {
    const inner = made();
    const outer = makeOne(inner, new Set(["n4", "n5"]), "n6", {
      ...pieceOf(inner, withOwn(base, definitionsOf(inner)), new Set(["n4", "n5"])),
      name: "Outer",
    });
    const level = levelOf(outer, ["n6", "n6.n5"]) as ExperimentFile;
    expect(level.nodes.map(({ id }) => id)).toEqual(["n6.n5.n2", "n6.n5.n3"]);
    const after = embed(outer, ["n6", "n6.n5"], setParam(level, "n6.n5.n3", "x", 9));
    expect(definitionsOf(after).middle?.nodes[1]?.params).toEqual({ x: 9 });
    expect(pathTo(after, "n6.n5.n2")).toEqual(["n6", "n6.n5"]);
  });
});

describe("copies", () => {
  it("bring what they stand for to another experiment, beside one of the same key", () => {
    const text = copyText(made(), new Set(["n5"]));
    const other = { ...file([], ["n1"]), modules: { middle: { ...pieceOf(chain, base, new Set(["n1"])), name: "Other" } } }; // prettier-ignore
    const pasted = paste(other, readText(text)?.file as ExperimentFile, { x: 0, y: 0 }).graph;
    expect(pasted.nodes.at(-1)?.module).toBe("own/middle-2");
    expect(definitionsOf(pasted)["middle-2"]?.name).toBe("Middle");
  });

  it("of files that others wrote are made fit to draw", () => {
    const strange = {
      ...made(),
      modules: { a: 3, b: { name: "B" }, middle: { name: "M", nodes: [node("n1"), 4] } },
    };
    const found = readText(JSON.stringify(strange))?.file as ExperimentFile;
    expect(Object.keys(definitionsOf(found))).toEqual(["middle"]);
    expect(definitionsOf(found).middle).toMatchObject({ inputs: [], outputs: [], params: [], wires: [] });
  });
});

describe("finding", () => {
  it("goes inside of nodes, and says where", () => {
    const level = levelOf(made(), ["n5"]) as ExperimentFile;
    const file = embed(made(), ["n5"], setParam(level, "n5.n3", "x", 4711));
    const catalog = withOwn(base, definitionsOf(file));
    expect(findIn(file, catalog, "4711")).toMatchObject([{ id: "n5.n3", where: "X", text: "4711" }]);
    expect(deepName(file, catalog, "n5.n3")).toBe("Middle › M");
    expect(deepName(file, catalog, "n5.n9")).toBeNull();
    const loop = { ...file, modules: { middle: { ...definitionsOf(file).middle, nodes: [node("a", 0, "own/middle")] } } }; // prettier-ignore
    expect(nodesInside(loop as ExperimentFile)).toHaveLength(8);
  });
});
