/** What every drawing of a chart is given. */

import type { Chart, ChartKind, Measure } from "../../api/charts";
import type { Size } from "./Frame";

export interface ChartSettings {
  bins: number;
  log: boolean;
  cumulative: boolean;
  /** Of a bar's values. */
  measure: Measure;
}

export interface DrawProps<Data> {
  chart: Pick<Chart, "x" | "y" | "rows"> & { kind: ChartKind };
  data: Data;
  size: Size;
  label: string;
  settings: ChartSettings;
  /** Says what is under the pointer. */
  onRead: (words: string) => void;
}
