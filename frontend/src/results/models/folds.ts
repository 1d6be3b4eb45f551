/** The metrics of a cross-validation, fold by fold. Pure. */

import type { Rows } from "../../api/types";
import { numberOf, placeOf } from "./table";

export interface FoldMetric {
  name: string;
  folds: { fold: string; rows: number | null; value: number }[];
  mean: number | null;
  deviation: number | null;
}

const FOLD = "Fold Number";
const ROWS = "Number of examples in fold";
const NO_METRICS = new Set([FOLD, ROWS, "Model"]);

export function foldMetrics(table: Rows): FoldMetric[] {
  const fold = placeOf(table, FOLD);
  const rows = placeOf(table, ROWS);
  const line = (name: string) => table.rows.find((row) => row[fold] === name);
  const [mean, deviation] = [line("Mean"), line("Standard Deviation")];
  const folds = table.rows.filter((row) => row !== mean && row !== deviation);
  return table.columns.flatMap(({ name }, place): FoldMetric[] => {
    if (NO_METRICS.has(name)) return [];
    const values = folds.flatMap((row) => {
      const value = numberOf(row[place]);
      return value === null ? [] : [{ fold: String(row[fold]), rows: numberOf(row[rows]), value }];
    });
    if (values.length === 0) return [];
    return [{ name, folds: values, mean: numberOf(mean?.[place]), deviation: numberOf(deviation?.[place]) }];
  });
}
