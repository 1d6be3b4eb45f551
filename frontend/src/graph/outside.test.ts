import { describe, expect, it } from "vitest";
import { askedBy, networkText, secretText } from "./outside";
import type { Catalog, GraphNode, Marked, ModuleSpec } from "./types";

const SPECS: Record<string, unknown> = {
  script: { network: "network", params: [{ name: "secrets", type: "secret" }] },
  import: { network: "always", params: [{ name: "password", type: "secret" }] },
  split: { network: "", params: [] },
};
const catalog = { module: (slug: string) => SPECS[slug] as ModuleSpec | undefined } as unknown as Catalog;

const node = (module: string, params: Record<string, unknown> = {}, id = "n") =>
  ({ id, module, params }) as unknown as GraphNode;
const own = (nodes: GraphNode[], params: object[] = []) => ({
  name: "Own",
  nodes,
  wires: [],
  inputs: [],
  outputs: [],
  params,
});
const file = (modules: object = {}) => ({ nodes: [], wires: [], modules }) as unknown as Marked;

const texts = (one: GraphNode, modules: object = {}) => {
  const asked = askedBy(file(modules), catalog, one);
  return [networkText(asked), secretText(asked)];
};

describe("what a node asks for of the world outside", () => {
  it("names the hosts and the secrets of a script", () => {
    expect(texts(node("script", { network: " a.example:443 b.example ", secrets: "KEY, WORD" }))).toEqual([
      "Reaches the network: a.example:443, b.example",
      "Is given the secrets KEY, WORD",
    ]);
    expect(texts(node("script", { network: "  " }))).toEqual(["", ""]);
    expect(texts(node("script"))).toEqual(["", ""]);
  });

  it("is said of modules that always have it, and of no others", () => {
    expect(texts(node("import", { password: "DB" }))).toEqual([
      "Reaches the network",
      "Is given the secret DB",
    ]);
    expect(texts(node("split"))).toEqual(["", ""]);
    expect(texts(node("gone"))).toEqual(["", ""]);
  });

  it("is said of an own module for what is inside of it, as it is set outside", () => {
    const inner = own(
      [node("script", { network: "a.example" }, "s"), node("import", {}, "i")],
      [{ name: "key", node: "s", param: "secrets" }],
    );
    const outer = own([node("own/inner", {}, "o")], [{ name: "token", node: "o", param: "key" }]);
    expect(texts(node("own/outer", { token: "TOKEN" }), { inner, outer })).toEqual([
      "Reaches the network: a.example",
      "Is given the secret TOKEN",
    ]);
    expect(texts(node("own/split"), { split: own([node("split", {}, "s")]) })).toEqual(["", ""]);
  });

  it("ends where own modules contain themselves", () => {
    expect(texts(node("own/loop"), { loop: own([node("own/loop", {}, "o")]) })).toEqual(["", ""]);
  });
});
