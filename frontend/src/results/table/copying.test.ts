import { expect, it } from "vitest";
import { asTsv, rangeOf, sizeOf } from "./copying";

it("spans a range whichever corner came first", () => {
  const range = rangeOf({ row: 5, column: 1 }, { row: 2, column: 3 });
  expect(range).toEqual({ rows: [2, 5], columns: [1, 3] });
  expect(sizeOf(range)).toEqual([4, 3]);
});

it("copies as spreadsheets paste", () => {
  expect(
    asTsv([
      ["a", 1, null],
      ["b\tc", 'say "x"', true],
    ]),
  ).toBe('a\t1\t\n"b\tc"\t"say ""x"""\ttrue');
});
