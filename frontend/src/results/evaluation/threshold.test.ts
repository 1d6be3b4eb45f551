import { describe, expect, it } from "vitest";
import type { TwoClasses } from "../../api/evaluation";
import {
  calibrationPoints,
  cheapest,
  countsAt,
  liftPoints,
  metricsOf,
  precisionRecallPoints,
  rocPoints,
  STEPS,
} from "./threshold";

const POSITIVES = [0.9, 0.8, 0.3];
const NEGATIVES = [0.6, 0.1];

const above = (scores: number[]) =>
  Array.from({ length: STEPS + 1 }, (_, step) => scores.filter((score) => score > step / STEPS).length);
const data: TwoClasses = {
  positive: "yes",
  negative: "no",
  positives: 3,
  negatives: 2,
  auc: 5 / 6,
  log_loss: 0.5,
  threshold: null,
  grid: { positives: above(POSITIVES), negatives: above(NEGATIVES) },
  curve: [0.9, 0.8, 0.6, 0.3, 0.1].map((at) => [
    at,
    POSITIVES.filter((score) => score >= at).length,
    NEGATIVES.filter((score) => score >= at).length,
  ]),
  bins: [
    { from: 0.9, to: 1, positives: 1, negatives: 0, mean: 0.9 },
    { from: 0, to: 0.1, positives: 0, negatives: 0, mean: null },
  ],
};

describe("the threshold", () => {
  it("is passed by scores above it, not by those upon it", () => {
    expect(countsAt(data, 0.3)).toEqual({ tp: 2, fp: 1, fn: 1, tn: 1 });
    expect(countsAt(data, 0.299)).toEqual({ tp: 3, fp: 1, fn: 0, tn: 1 });
    expect(countsAt(data, 1)).toEqual({ tp: 0, fp: 0, fn: 3, tn: 2 });
  });

  it("has metrics, which are nothing where they divide by nothing", () => {
    const found = Object.fromEntries(metricsOf(countsAt(data, 1)).map(({ name, value }) => [name, value]));
    expect(found).toMatchObject({ Accuracy: 0.4, Precision: null, Recall: 0, Specificity: 1 });
  });

  it("follows what errors cost", () => {
    expect(countsAt(data, cheapest(data, { fp: 100, fn: 1 })).fp).toBe(0);
    expect(countsAt(data, cheapest(data, { fp: 1, fn: 100 })).fn).toBe(0);
  });
});

describe("the curves", () => {
  it("begin where nothing is positive and end where all is", () => {
    const roc = rocPoints(data);
    expect(roc[0]).toEqual([0, 0]);
    expect(roc.at(-1)).toEqual([1, 1]);
    expect(precisionRecallPoints(data).at(-1)).toEqual([1, 0.6]);
    expect(liftPoints(data)[0]).toEqual([0.2, 1 / 0.6]);
    expect(liftPoints(data).at(-1)).toEqual([1, 1]);
  });

  it("leave out bins without rows", () => {
    expect(calibrationPoints(data)).toEqual([[0.9, 1]]);
  });
});
