import { expect, it } from "vitest";
import type { ModuleSpec } from "../../graph/types";
import { byPair } from "./followers";

const modules = ["add-rows", "plot", "report", "sort"].map((slug) => ({ slug }) as ModuleSpec);
const slugs = (found: ModuleSpec[]) => found.map(({ slug }) => slug);

it("begins with what was wired here before, then with what is usual", () => {
  const nothing = { pairs: {}, uses: {} };
  expect(slugs(byPair(modules, "group-and-aggregate", "output", nothing))).toEqual([
    "plot",
    "sort",
    "report",
    "add-rows",
  ]);
  const own = { pairs: { "group-and-aggregate add-rows": 1 }, uses: { sort: 9 } };
  expect(slugs(byPair(modules, "group-and-aggregate", "output", own))).toEqual([
    "add-rows",
    "sort",
    "plot",
    "report",
  ]);
});

it("knows what comes above a module, too", () => {
  expect(slugs(byPair(modules, "report", "input", { pairs: {}, uses: {} }))[0]).toBe("plot");
});
