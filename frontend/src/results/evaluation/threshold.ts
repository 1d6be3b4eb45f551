/** What two classes look like at one threshold, and along all of them. Pure. */

import type { TwoClasses } from "../../api/evaluation";

export interface Counts {
  tp: number;
  fp: number;
  fn: number;
  tn: number;
}

/** What each kind of error costs. */
export interface Costs {
  fp: number;
  fn: number;
}

export const STEPS = 1000;

/** The counts where a row is positive above the threshold (0 to 1, in thousandths). */
export function countsAt(data: TwoClasses, threshold: number): Counts {
  const step = Math.min(STEPS, Math.max(0, Math.round(threshold * STEPS)));
  const tp = data.grid?.positives[step] ?? 0;
  const fp = data.grid?.negatives[step] ?? 0;
  return { tp, fp, fn: data.positives - tp, tn: data.negatives - fp };
}

export interface Metric {
  name: string;
  /** null where it divides by nothing. */
  value: number | null;
  help: string;
  share: boolean;
}

const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);

export function metricsOf({ tp, fp, fn, tn }: Counts): Metric[] {
  const metric = (name: string, value: number | null, help: string): Metric => ({
    name,
    value,
    help,
    share: true,
  });
  return [
    metric("Accuracy", ratio(tp + tn, tp + fp + fn + tn), "Rows that are predicted right, of all rows."),
    metric("Precision", ratio(tp, tp + fp), "Of the rows predicted positive, those that are."),
    metric("Recall", ratio(tp, tp + fn), "Of the positive rows, those that are found."),
    metric("F1 Score", ratio(2 * tp, 2 * tp + fp + fn), "The harmonic mean of precision and recall."),
    metric("Specificity", ratio(tn, tn + fp), "Of the negative rows, those that are left alone."),
    metric(
      "Balanced accuracy",
      tp + fn > 0 && tn + fp > 0 ? (tp / (tp + fn) + tn / (tn + fp)) / 2 : null,
      "The mean of recall and specificity: 0.5 is what guessing reaches, however rare one class is.",
    ),
  ];
}

export const costOf = ({ fp, fn }: Counts, costs: Costs): number => fp * costs.fp + fn * costs.fn;

/** The threshold with the least cost; the middle one where several have it. */
export function cheapest(data: TwoClasses, costs: Costs): number {
  let least = Infinity;
  let best: number[] = [];
  for (let step = 0; step <= STEPS; step += 1) {
    const cost = costOf(countsAt(data, step / STEPS), costs);
    if (cost < least) [least, best] = [cost, []];
    if (cost === least) best.push(step);
  }
  return (best[Math.floor(best.length / 2)] ?? STEPS / 2) / STEPS;
}

export type Point = [number, number];

/** False positive rate and true positive rate, from (0, 0) to (1, 1). */
export const rocPoints = (data: TwoClasses): Point[] => [
  [0, 0],
  ...data.curve.map(([, tp, fp]): Point => [
    fp / Math.max(1, data.negatives),
    tp / Math.max(1, data.positives),
  ]),
];

/** Recall and precision. */
export const precisionRecallPoints = (data: TwoClasses): Point[] =>
  data.curve.map(([, tp, fp]) => [tp / Math.max(1, data.positives), tp / Math.max(1, tp + fp)]);

/** The share of rows taken, highest scores first, and how much denser the positives are among them. */
export const liftPoints = (data: TwoClasses): Point[] => {
  const rows = data.positives + data.negatives;
  const usual = data.positives / Math.max(1, rows);
  return data.curve.map(([, tp, fp]) => [
    (tp + fp) / Math.max(1, rows),
    usual > 0 ? tp / Math.max(1, tp + fp) / usual : 0,
  ]);
};

/** The mean score of each bin and the share of positives in it. */
export const calibrationPoints = (data: TwoClasses): Point[] =>
  data.bins.flatMap(({ mean, positives, negatives }): Point[] =>
    mean === null ? [] : [[mean, positives / (positives + negatives)]],
  );
