import { describe, expect, it } from "vitest";
import type { Column } from "../../../../api/types";
import { pickColumns } from "./pick";
import { allColumns, withColumns } from "./picking";
import { readSelection, type Selection } from "./selection";

const TABLE: Column[] = [
  { name: "id", type: "integer" },
  { name: "age", type: "float" },
  { name: "Species name", type: "string" },
];
const of = (value: unknown) => readSelection(value);
const names = (value: unknown) => pickColumns(of(value), TABLE).names;

describe("the columns a selection means", () => {
  it("are taken in and left out rule by rule", () => {
    expect(names({ begin: "all", rules: [{ by: "types", values: ["numeric"], exclude: true }] })).toEqual([
      "Species name",
    ]);
    expect(names({ rules: [{ by: "pattern", values: ["^a", "(?i)NAME"] }] })).toEqual([
      "age",
      "Species name",
    ]);
    expect(names({ rules: [{ by: "indexes", values: ["2-3"] }] })).toEqual(["age", "Species name"]);
  });

  it("come in the table's order, or in the order of selection where that is kept", () => {
    const rules = [{ by: "names", values: ["age", "id"], exclude: false }];
    expect(names({ rules })).toEqual(["id", "age"]);
    expect(names(["age", "id"])).toEqual(["age", "id"]);
  });

  it("are told from names that are not there, with the nearest that is", () => {
    const { wrong } = pickColumns(of(["species_nmae", "xyz"]), TABLE);
    expect(wrong.map(({ value, instead }) => [value, instead])).toEqual([
      ["species_nmae", "Species name"],
      ["xyz", null],
    ]);
  });

  it("are told from positions and patterns that mean none", () => {
    const rules = [
      { by: "indexes", values: ["9", "a"] },
      { by: "pattern", values: ["^z", "("] },
    ];
    expect(pickColumns(of({ rules }), TABLE).wrong.map(({ rule }) => rule)).toEqual([0, 0, 1, 1]);
  });
});

describe("ticking a column", () => {
  const after = (value: unknown, name: string, on: boolean): Selection =>
    withColumns(of(value), [name], on, TABLE);

  it("adds its name to the last rule of names", () => {
    expect(after(["id"], "age", true).rules).toEqual([
      { by: "names", values: ["id", "age"], exclude: false },
    ]);
  });

  it("takes back what was said to the contrary before it says more", () => {
    const without = after({ begin: "all" }, "id", false);
    expect(without.rules).toEqual([{ by: "names", values: ["id"], exclude: true }]);
    expect(withColumns(without, ["id"], true, TABLE).rules).toEqual([]);
  });

  it("goes against a rule of another kind by a rule of its own", () => {
    const numbers = { rules: [{ by: "types", values: ["numeric"], exclude: false }] };
    const changed = after(numbers, "id", false);
    expect(pickColumns(changed, TABLE).names).toEqual(["age"]);
    expect(changed.rules).toHaveLength(2);
  });

  it("takes all or none in one step", () => {
    expect(pickColumns(allColumns(of(["id"]), true), TABLE).names).toHaveLength(3);
    expect(allColumns(of(["id"]), false)).toEqual(readSelection(null));
  });
});
