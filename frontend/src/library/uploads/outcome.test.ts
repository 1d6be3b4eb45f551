import { expect, test } from "vitest";
import type { Dataset } from "../../api/types";
import { outcome } from "./outcome";

const dataset = {
  name: "sales",
  columns: [
    { name: "id", type: "integer" },
    { name: "code", type: "string" },
  ],
} as Dataset;

test("an import that came out as it was reviewed says nothing", () => {
  expect(outcome({ dataset, reviewed: { id: "integer", code: "string" } })).toEqual([]);
  expect(outcome({ dataset, reviewed: null })).toEqual([]);
});

test("types that had to differ, and rows that were set apart, are told", () => {
  const rejected = { rows: 2, dataset: "d2" };
  expect(outcome({ dataset: { ...dataset, rejected }, reviewed: { code: "integer" } })).toEqual([
    "2 rows set aside as “sales rejects”.",
    "With all values read, some types differ from the review: code is text.",
  ]);
});
