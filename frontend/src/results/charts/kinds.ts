/** Which charts two columns can have. Pure. */

import type { ChartKind } from "../../api/charts";
import type { Column, ColumnType } from "../../api/types";

const MEASURED: ReadonlySet<ColumnType> = new Set(["integer", "float", "datetime", "timedelta"]);

const isMeasured = (type: ColumnType): boolean => MEASURED.has(type);

export const KIND_WORDS: Record<ChartKind, string> = {
  histogram: "Histogram",
  box: "Box",
  scatter: "Scatter",
  bar: "Bars",
  line: "Line",
  cross: "Cross table",
  correlation: "Correlation",
};

/** The charts that fit, the best first. */
export function kindsFor(x: Column, y: Column | undefined): ChartKind[] {
  const time = x.type === "datetime";
  if (!y) {
    if (!isMeasured(x.type)) return ["bar"];
    return time ? ["line", "histogram", "box", "bar"] : ["histogram", "box", "line", "bar"];
  }
  if (isMeasured(x.type)) {
    if (!isMeasured(y.type)) return ["box", "cross"];
    return time ? ["line", "scatter"] : ["scatter", "line"];
  }
  return isMeasured(y.type) ? ["box", "bar"] : ["cross"];
}

/** The column to begin with: the one asked for, else the first that has a shape. */
export const startColumn = (columns: readonly Column[], asked: string): Column | undefined =>
  columns.find(({ name }) => name === asked) ?? columns.find(({ type }) => isMeasured(type)) ?? columns[0];
