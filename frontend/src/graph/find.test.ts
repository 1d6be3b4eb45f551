import { expect, it } from "vitest";
import { findIn } from "./find";
import type { Catalog, Marked, ModuleSpec } from "./types";

const module = {
  slug: "python",
  name: "Execute Python Script",
  params: [
    { name: "script", label: "Python script", type: "code" },
    { name: "api", label: "API", type: "choice", choices: [{ value: "classic", label: "As in 2014" }] },
    { name: "seed", label: "Random seed", type: "integer", default: 7 },
  ],
} as unknown as ModuleSpec;
const catalog: Catalog = {
  module: (slug) => (slug === "python" ? module : undefined),
  datasetKind: () => undefined,
};
const file: Marked = {
  nodes: [
    {
      id: "n1",
      module: "python",
      params: { script: "import os\n\nprint('hello')", api: "classic" },
      position: { x: 0, y: 0 },
      comment: "Greets",
    },
  ],
  wires: [],
  notes: [{ id: "note1", text: "Ask\nHello team", color: "blue", position: { x: 0, y: 0 }, size: { width: 1, height: 1 } }],
}; // prettier-ignore

it("finds script lines, labels of choices, comments, names and notes, in any case", () => {
  expect(findIn(file, catalog, "HELLO")).toEqual([
    { id: "n1", kind: "node", where: "Python script", param: "script", line: 3, text: "print('hello')" },
    { id: "note1", kind: "mark", where: "Note", text: "Hello team" },
  ]);
  expect(findIn(file, catalog, "2014")[0]).toMatchObject({ param: "api", text: "As in 2014" });
  expect(findIn(file, catalog, "greets")[0]).toMatchObject({ where: "Comment" });
  expect(findIn(file, catalog, "execute py")[0]).toMatchObject({ where: "Name" });
  expect(findIn(file, catalog, "  ")).toEqual([]);
});

it("finds a param by its label, and by a default that nobody set, which comes last", () => {
  expect(findIn(file, catalog, "api")).toEqual([
    { id: "n1", kind: "node", where: "API", param: "api", text: "As in 2014" },
  ]);
  expect(findIn(file, catalog, "random")).toEqual([
    { id: "n1", kind: "node", where: "Random seed", param: "seed", text: "7" },
  ]);
  const named = { ...file, nodes: file.nodes.map((node) => ({ ...node, comment: "Random" })) };
  expect(findIn(named, catalog, "random").map(({ where }) => where)).toEqual(["Comment", "Random seed"]);
});
