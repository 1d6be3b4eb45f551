import { expect, it } from "vitest";
import type { ModuleSpec } from "../../graph/types";
import { byPair } from "./followers";

const modules = ["add-rows", "plot", "report", "sort"].map((slug) => ({ slug }) as ModuleSpec);
const slugs = (found: ModuleSpec[]) => found.map(({ slug }) => slug);

const nothing = { pairs: {}, uses: {}, everybody: {} };

it("begins with what was wired here before, then with what is usual", () => {
  expect(slugs(byPair(modules, "group-and-aggregate", "output", nothing))).toEqual([
    "plot",
    "sort",
    "report",
    "add-rows",
  ]);
  const own = { ...nothing, pairs: { "group-and-aggregate add-rows": 1 }, uses: { sort: 9 } };
  expect(slugs(byPair(modules, "group-and-aggregate", "output", own))).toEqual([
    "add-rows",
    "sort",
    "plot",
    "report",
  ]);
});

it("knows what comes above a module, too", () => {
  expect(slugs(byPair(modules, "report", "input", nothing))[0]).toBe("plot");
});

it("puts what everybody wires here above what this person uses elsewhere, and below what they wired here", () => {
  const everybody = {
    "group-and-aggregate report": 40,
    "group-and-aggregate add-rows": 10,
    "dataset sort": 900,
  };
  const habits = { ...nothing, everybody, uses: { sort: 3 } };
  expect(slugs(byPair(modules, "group-and-aggregate", "output", habits))).toEqual([
    "report",
    "sort",
    "add-rows",
    "plot",
  ]);
  const own = { ...habits, pairs: { "group-and-aggregate plot": 1 } };
  expect(slugs(byPair(modules, "group-and-aggregate", "output", own))[0]).toBe("plot");
});
