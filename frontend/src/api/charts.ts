import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, AS_TEXT, exactAnswerOf } from "./client";
import type { ColumnType, RowFilter } from "./types";

export type ChartKind = "histogram" | "box" | "scatter" | "bar" | "line" | "cross" | "correlation";
export type Measure = "count" | "sum" | "mean" | "min" | "max";

export interface ChartQuery {
  kind: ChartKind;
  x?: string;
  y?: string;
  bins?: number;
  log?: boolean;
  measure?: Measure;
  filter: RowFilter[];
  search?: string;
}

interface Named {
  name: string;
  type: ColumnType;
}

export interface Box {
  label: unknown;
  count: number;
  low: number;
  q1: number;
  median: number;
  q3: number;
  high: number;
  mean: number;
  min: number;
  max: number;
  outliers: number[];
  beyond: number;
}

export interface HistogramData {
  edges: number[];
  counts: number[];
  missing: number;
  left_out: number;
}

export interface ScatterData {
  count: number;
  missing: number;
  correlation: number | null;
  points?: [number, number][];
  /** Cells are [column, row, count]. */
  density?: { x_edges: number[]; y_edges: number[]; cells: [number, number, number][] };
}

export interface BarData {
  bars: { label: unknown; count: number; value: number | null }[];
  other: number;
  missing: number;
  distinct: number;
}

export interface LineData {
  bins: { from: number; to: number; count: number; mean?: number; min?: number; max?: number }[];
  missing: number;
}

export interface CrossData {
  x_labels: unknown[];
  y_labels: unknown[];
  /** A list of a count per x label, for each y label. */
  counts: number[][];
  left_out: number;
}

export interface CorrelationData {
  columns: string[];
  matrix: (number | null)[][];
  left_out: number;
}

interface Head {
  rows: number;
  x: Named | null;
  y: Named | null;
}

/** A chart's figures, made on the server of all rows that pass. */
export type Chart = Head &
  (
    | { kind: "histogram"; data: HistogramData }
    | { kind: "box"; data: { boxes: Box[]; distinct: number } }
    | { kind: "scatter"; data: ScatterData }
    | { kind: "bar"; data: BarData }
    | { kind: "line"; data: LineData }
    | { kind: "cross"; data: CrossData }
    | { kind: "correlation"; data: CorrelationData }
  );

export const chartQuery = (id: string, asked: ChartQuery) =>
  queryOptions({
    queryKey: ["artifact", id, "chart", asked],
    queryFn: ({ signal }) => {
      const { filter, ...rest } = asked;
      const query = { ...rest, ...(filter.length > 0 && { filter: JSON.stringify(filter) }) };
      return exactAnswerOf<Chart>(
        api.GET("/api/v1/artifacts/{id}/chart", { params: { path: { id }, query }, signal, ...AS_TEXT }),
      );
    },
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
