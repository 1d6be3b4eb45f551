import { describe, expect, it } from "vitest";
import type { Rows } from "../../api/types";
import { axesOf, heightOn, metricsIn, paramsOf } from "./sweep";

const table = {
  columns: ["learning_rate", "number_of_leaves", "mode", "Accuracy", "AUC"].map((name) => ({
    name,
    type: "float",
  })),
  rows: [
    [0.1, 20, "a", 0.9, 0.95],
    [0.4, null, "b", 0.8, 0.9],
  ],
  total: 2,
} as unknown as Rows;

describe("a sweep", () => {
  it("has an axis for each param that it varied, and one of the chosen metric", () => {
    const axes = axesOf(table, "AUC");
    expect(axes.map(({ name, words }) => [name, words])).toEqual([
      ["learning_rate", null],
      ["mode", ["a", "b"]],
      ["AUC", null],
    ]);
    expect(metricsIn(table)).toEqual(["Accuracy", "AUC"]);
  });

  it("lays values on their axis; one value lies in the middle, a missing one nowhere", () => {
    const [rate, mode] = axesOf(table, "AUC");
    expect(rate && heightOn(rate, 0.4)).toBe(1);
    expect(rate && heightOn({ ...rate, low: 20, high: 20 }, 20)).toBe(0.5);
    expect(rate && heightOn(rate, null)).toBeNull();
    expect(mode && heightOn(mode, "b")).toBe(1);
  });

  it("gives the params of a run without metrics", () => {
    expect(paramsOf(table, table.rows[1] ?? [])).toEqual({ learning_rate: 0.4, mode: "b" });
  });
});
