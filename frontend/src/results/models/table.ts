/** A small table of results, column by column. Pure. */

import type { Rows } from "../../api/types";

export const placeOf = ({ columns }: Rows, name: string): number =>
  columns.findIndex((column) => column.name === name);

export const numberOf = (value: unknown): number | null =>
  typeof value === "number" && Number.isFinite(value) ? value : null;
