/** The runs of a sweep: what was tried, and what came of it. Pure. */

import type { Rows } from "../../api/types";
import { numberOf } from "./table";

const METRICS = new Set([
  "Accuracy", "Precision", "Recall", "F1 Score", "F-Score", "AUC", "Average Log Loss", "Training Log Loss", "True Positive",
  "False Negative", "False Positive", "True Negative", "Overall Accuracy", "Average Accuracy", "Micro-averaged Precision",
  "Macro-averaged Precision", "Micro-averaged Recall", "Macro-averaged Recall", "Negative Log Likelihood", "Mean Absolute Error",
  "Root Mean Squared Error", "Relative Absolute Error", "Relative Squared Error", "Coefficient of Determination",
]); // prettier-ignore

export interface Axis {
  name: string;
  place: number;
  metric: boolean;
  /** The values of an axis of words, in the order of their first run; null of an axis of numbers. */
  words: string[] | null;
  low: number;
  high: number;
}

/** The axes of a sweep: the params that it varied, then the metric that orders it. */
export function axesOf(table: Rows, metric: string): Axis[] {
  const all = allAxes(table, metric);
  return all.filter((axis) => axis.metric || (axis.words ? axis.words.length > 1 : axis.high > axis.low));
}

function allAxes(table: Rows, metric: string): Axis[] {
  return table.columns.flatMap(({ name }, place): Axis[] => {
    const isMetric = METRICS.has(name) || name.startsWith("Quantile Loss");
    if (isMetric && name !== metric) return [];
    const values = table.rows.map((row) => row[place]);
    const numbers = values.flatMap((value) => numberOf(value) ?? []);
    const known = values.filter((value) => value !== null);
    if (numbers.length === known.length && known.length > 0)
      return [
        { name, place, metric: isMetric, words: null, low: Math.min(...numbers), high: Math.max(...numbers) },
      ];
    const words = [...new Set(known.map(String))];
    return [{ name, place, metric: isMetric, words, low: 0, high: Math.max(1, words.length - 1) }];
  });
}

export const metricsIn = (table: Rows): string[] =>
  table.columns.flatMap(({ name }) => (METRICS.has(name) || name.startsWith("Quantile Loss") ? [name] : []));

/** Where a value lies on its axis, from 0 (below) to 1; null where it is missing. */
export function heightOn({ words, low, high }: Axis, value: unknown): number | null {
  const at = words ? words.indexOf(String(value)) : numberOf(value);
  if (at === null || at < 0) return null;
  return high > low ? (at - low) / (high - low) : 0.5;
}

/** The params of a run as a learner takes them. */
export function paramsOf(table: Rows, row: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(
    table.columns.flatMap(({ name }, place) =>
      METRICS.has(name) || name.startsWith("Quantile Loss") || row[place] === null
        ? []
        : [[name, row[place]]],
    ),
  );
}
