import { expect, test } from "vitest";
import { dayText, hasDaysOnly } from "./days";

test("a column of days has no midnights", () => {
  const rows = [["2024-12-31T00:00:00"], [null], ["2024-01-01T00:00:00"]];
  expect(hasDaysOnly(rows, 0)).toBe(true);
  expect(rows.map(([value]) => value && dayText(value))).toEqual(["2024-12-31", null, "2024-01-01"]);
});

test("one time among them, and all have theirs", () => {
  expect(hasDaysOnly([["2024-12-31T00:00:00"], ["2024-12-31T08:30:00"]], 0)).toBe(false);
  expect(hasDaysOnly([[null]], 0)).toBe(false);
});
