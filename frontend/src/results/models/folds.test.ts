import { describe, expect, it } from "vitest";
import type { Rows } from "../../api/types";
import { foldMetrics } from "./folds";

const table = {
  columns: ["Fold Number", "Number of examples in fold", "Model", "Accuracy", "AUC"].map((name) => ({
    name,
    type: "string",
  })),
  rows: [
    ["0", 10, "Forest", 0.8, 0.9],
    ["1", 11, "Forest", 0.6, null],
    ["Mean", 21, "Forest", 0.7, 0.9],
    ["Standard Deviation", 21, "Forest", 0.1414, null],
  ],
  total: 4,
} as unknown as Rows;

describe("the folds of a cross-validation", () => {
  it("have each metric by fold, with mean and spread apart from them", () => {
    expect(foldMetrics(table)[0]).toEqual({
      name: "Accuracy",
      folds: [
        { fold: "0", rows: 10, value: 0.8 },
        { fold: "1", rows: 11, value: 0.6 },
      ],
      mean: 0.7,
      deviation: 0.1414,
    });
  });

  it("leave out a fold that has no such metric", () => {
    expect(foldMetrics(table)[1]?.folds).toHaveLength(1);
  });
});
