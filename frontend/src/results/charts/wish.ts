import type { ChartKind, Measure } from "../../api/charts";

/** What a person chose; `kind` is null while the best one that fits is drawn. */
export interface Wish {
  x: string;
  y: string | null;
  kind: ChartKind | null;
  bins: number;
  log: boolean;
  cumulative: boolean;
  measure: Measure;
}
