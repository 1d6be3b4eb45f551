/** Cells as text that spreadsheets take. Pure. */

import { fullText } from "./cells";
import type { Cell } from "./useGridKeys";

export interface CellRange {
  rows: [number, number];
  columns: [number, number];
}

/** The cells between two corners, both included. */
export const rangeOf = (one: Cell, other: Cell): CellRange => ({
  rows: [Math.min(one.row, other.row), Math.max(one.row, other.row)],
  columns: [Math.min(one.column, other.column), Math.max(one.column, other.column)],
});

export const sizeOf = ({ rows, columns }: CellRange): [number, number] => [
  rows[1] - rows[0] + 1,
  columns[1] - columns[0] + 1,
];

/** Tabs between cells, line ends between rows; quoted, as spreadsheets do, where a cell holds either. */
export const asTsv = (rows: readonly (readonly unknown[])[]): string =>
  rows.map((row) => row.map(field).join("\t")).join("\n");

function field(value: unknown): string {
  const text = fullText(value);
  return /[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
