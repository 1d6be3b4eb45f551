import { expect, it } from "vitest";
import { driftWord, verdict } from "./drift";

it("says how far a column moved", () => {
  expect([0, 0.05, 0.2, 0.9].map(driftWord)).toEqual(["none", "little", "some", "much"]);
});

it("tells columns of one table from changed ones", () => {
  const column = { name: "a", old: "float", new: "float", changed: 0, drift: null } as const;
  expect(verdict(column)).toBe("same");
  expect(verdict({ ...column, old: null })).toBe("added");
  expect(verdict({ ...column, new: null })).toBe("removed");
  expect(verdict({ ...column, new: "integer" })).toBe("changed");
  expect(verdict({ ...column, changed: 3 })).toBe("changed");
});
