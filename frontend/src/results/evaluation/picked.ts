/** The rows behind a cell, a bin or a bar. Pure. */

import type { Column, FilterOp, RowFilter } from "../../api/types";
import { readFilter } from "../table/filters";

export interface Condition {
  column: string;
  op: FilterOp;
  /** The value as a person would type it. */
  text: string;
}

export interface Pick {
  title: string;
  artifact: string;
  where: Condition[];
}

/** The conditions as filters of the table, each in its column's type; those that fit no column are left out. */
export const filtersOf = (where: readonly Condition[], columns: readonly Column[]): RowFilter[] =>
  where.flatMap(({ column, op, text }) => {
    const type = columns.find(({ name }) => name === column)?.type;
    const made = type && readFilter(column, type, op, text);
    return made && typeof made !== "string" ? [made] : [];
  });
