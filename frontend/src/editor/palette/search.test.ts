import { describe, expect, it } from "vitest";
import { moduleSpec } from "../../testing/graph";
import { groupsOf, rankModule } from "./search";

const module = (name: string, category: string, synonyms: string[] = [], summary = "") =>
  moduleSpec({ slug: name.toLowerCase().replaceAll(" ", "-"), name, category, synonyms, summary });

const split = module(
  "Split Data",
  "Data Transformation",
  ["partition"],
  "Divides the rows of a dataset into two.",
);
const add = module("Add Rows", "Data Transformation");
const python = module("Execute Python Script", "Python Language Modules", ["pandas"]);

describe("the palette's search", () => {
  it("finds by name, then by synonym, then by what is said of the module", () => {
    expect(rankModule(split, "spl")).toBe(0);
    expect(rankModule(split, "data")).toBe(1);
    expect(rankModule(split, "partition")).toBe(2);
    expect(rankModule(split, "rows")).toBe(3);
    expect(rankModule(split, "rows python")).toBeNull();
  });
  it("groups what it finds, the best first", () => {
    expect(groupsOf([split, add, python], "").map((group) => group.name)).toEqual([
      "Data Transformation",
      "Python Language Modules",
    ]);
    expect(groupsOf([split, add, python], "rows")[0]?.modules).toEqual([add, split]);
    expect(groupsOf([split, add, python], "nothing like it")).toEqual([]);
  });
});
