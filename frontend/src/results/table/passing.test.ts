import { expect, it } from "vitest";
import { rowsText, wholeTable } from "./passing";

it("says of how many rows figures are, and of how many there are", () => {
  expect(rowsText({ rows: 4899, total: 4899 })).toBe("4,899 rows");
  const filter = [{ column: "a", op: "gt" as const, value: 1 }];
  expect(rowsText({ rows: 4899, total: 293, filter })).toBe("293 of 4,899 rows");
  expect(rowsText({ rows: 4899, total: 0, search: "x" })).toBe("0 of 4,899 rows");
  expect(rowsText({ rows: 1, total: undefined, search: "x" })).toBe("… of 1 row");
});

it("says that what takes the whole table takes rows that are left out, too", () => {
  expect(wholeTable({ rows: 4899, total: 4899 })).toBeUndefined();
  expect(wholeTable({ rows: 4899, total: 293, search: "x" })).toBe(
    "All 4,899 rows, also those that the filter or the search leaves out",
  );
});
