import { describe, expect, it } from "vitest";
import { addNode, moveNodes, removeNodes, rename, setComment, setParam } from "./edits";
import { mergeFiles } from "./merge";
import { FORMAT, type ExperimentFile } from "./types";

const node = (id: string, params: Record<string, unknown> = {}) => ({
  id, module: "split-data", params, position: { x: 0, y: 0 }, comment: "",
}); // prettier-ignore
const BASE: ExperimentFile = {
  format: FORMAT,
  name: "Rank",
  description: "",
  nodes: [node("n1", { fraction: 0.5, seed: 1 }), node("n2"), node("n3")],
  wires: [{ from: "n1.out", to: "n2.in" }],
  tags: ["mine"],
};
const newcomer = { module: "join-data", position: { x: 9, y: 9 } };
const find = (file: ExperimentFile, id: string) => file.nodes.find((one) => one.id === id);

describe("edits that do not collide are both kept", () => {
  const merged = (mine: ExperimentFile, theirs: ExperimentFile) => {
    const { file, collisions } = mergeFiles(BASE, mine, theirs);
    expect(collisions).toEqual([]);
    return file;
  };

  it("other nodes, other params of one node, the name", () => {
    const mine = setComment(setParam(BASE, "n1", "fraction", 0.7), "n2", "look");
    const file = merged(mine, rename(setParam(BASE, "n1", "seed", 9), "Rank anew"));
    expect(find(file, "n1")?.params).toEqual({ fraction: 0.7, seed: 9 });
    expect(file).toMatchObject({ name: "Rank anew", tags: ["mine"] });
    expect(find(file, "n2")?.comment).toBe("look");
  });

  it("nodes and wires that came and went", () => {
    const mine = {
      ...addNode(BASE, "n4", newcomer),
      wires: [...BASE.wires, { from: "n2.out", to: "n4.in" }],
    };
    const theirs = removeNodes(BASE, new Set(["n3"]));
    const file = merged(mine, theirs);
    expect(file.nodes.map(({ id }) => id)).toEqual(["n1", "n2", "n4"]);
    expect(file.wires).toHaveLength(2);
  });

  it("two newcomers under one id are two nodes, each with its own wires", () => {
    const mine = {
      ...addNode(BASE, "n4", newcomer),
      wires: [...BASE.wires, { from: "n3.out", to: "n4.in" }],
    };
    const theirs = { ...addNode(BASE, "n4", { ...newcomer, module: "add-rows" }), wires: BASE.wires };
    const file = merged(mine, theirs);
    expect(find(file, "n4")?.module).toBe("add-rows");
    expect(find(file, "n5")?.module).toBe("join-data");
    expect(file.wires).toContainEqual({ from: "n3.out", to: "n5.in" });
  });

  it("two places of one node: nobody is asked, mine counts", () => {
    const to = (x: number) => moveNodes(BASE, new Map([["n1", { x, y: 0 }]]));
    expect(find(merged(to(10), to(20)), "n1")?.position.x).toBe(10);
  });

  it("a node that one moved and the other deleted is gone, with its wires", () => {
    const file = merged(
      moveNodes(BASE, new Map([["n2", { x: 5, y: 5 }]])),
      removeNodes(BASE, new Set(["n2"])),
    );
    expect(find(file, "n2")).toBeUndefined();
    expect(file.wires).toEqual([]);
  });

  it("the same edit twice is one", () => {
    expect(merged(setParam(BASE, "n1", "seed", 4), setParam(BASE, "n1", "seed", 4)).nodes).toHaveLength(3);
  });
});

describe("edits that collide are told, and the preferred one is taken there only", () => {
  it("one param, set twice", () => {
    const mine = setParam(setParam(BASE, "n1", "fraction", 0.7), "n1", "seed", 2);
    const theirs = setParam(BASE, "n1", "fraction", 0.9);
    const { file, collisions } = mergeFiles(BASE, mine, theirs, "theirs");
    expect(find(file, "n1")?.params).toEqual({ fraction: 0.9, seed: 2 });
    expect(collisions).toEqual([{ key: "fraction", list: "nodes", item: "n1", mine: 0.7, theirs: 0.9 }]);
  });

  it("a node that one changed and the other deleted", () => {
    const mine = setParam(BASE, "n2", "fraction", 0.7);
    const theirs = removeNodes(BASE, new Set(["n2"]));
    expect(find(mergeFiles(BASE, mine, theirs).file, "n2")).toBeDefined();
    const { file, collisions } = mergeFiles(BASE, mine, theirs, "theirs");
    expect(find(file, "n2")).toBeUndefined();
    expect(collisions).toMatchObject([{ key: null, list: "nodes", item: "n2" }]);
  });

  it("one input, wired twice", () => {
    const wired = (from: string) => ({ ...BASE, wires: [...BASE.wires, { from, to: "n3.in" }] });
    const { file, collisions } = mergeFiles(BASE, wired("n1.out"), wired("n2.out"));
    expect(file.wires).toEqual([BASE.wires[0], { from: "n1.out", to: "n3.in" }]);
    expect(collisions).toMatchObject([{ list: "wires", item: "n3.in" }]);
  });
});
