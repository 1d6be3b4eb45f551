import { expect, test } from "vitest";
import type { Measured } from "../../api/evaluation";
import { bestOf, metricColumns, orderBy } from "./comparison";

const measured = (metrics: Measured["metrics"]): Measured => ({
  task: "two-class",
  label: "y",
  rows: 9,
  metrics,
});

const columns = metricColumns([
  measured([
    { name: "AUC", value: 0.8, better: "more" },
    { name: "True Positive", value: 4, better: null },
  ]),
  undefined,
  measured([
    { name: "AUC", value: 0.9, better: "more" },
    { name: "Average Log Loss", value: 0.3, better: "less" },
  ]),
]);

test("every metric of any model is a column, and a model without it has none", () => {
  expect(columns.map(({ name, values }) => [name, values])).toEqual([
    ["AUC", [0.8, null, 0.9]],
    ["True Positive", [4, null, null]],
    ["Average Log Loss", [null, null, 0.3]],
  ]);
});

test("the best is marked where more than one model has the metric and they differ", () => {
  expect(columns.map((column) => [...bestOf(column)])).toEqual([[2], [], []]);
  expect([...bestOf({ name: "RMSE", better: "less", values: [2, 1, 1] })]).toEqual([1, 2]);
  expect(bestOf({ name: "AUC", better: "more", values: [1, 1] }).size).toBe(0);
});

test("the best comes first, what is not measured last", () => {
  expect(orderBy({ name: "AUC", better: "more", values: [0.8, null, 0.9] })).toEqual([2, 0, 1]);
  expect(orderBy({ name: "RMSE", better: "less", values: [2, 1, 3] })).toEqual([1, 0, 2]);
});
