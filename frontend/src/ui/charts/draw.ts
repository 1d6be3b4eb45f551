/** What every drawing of a chart is given. */

import type { Chart, ChartKind } from "../../api/charts";
import type { Size } from "./Frame";

export interface ChartSettings {
  bins: number;
  log: boolean;
  cumulative: boolean;
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
