/** Wide tables travel in blocks of columns; narrow ones whole. Pure. */

const WHOLE = 100;
const BLOCK = 64;

export interface ColumnWindow {
  first_column: number;
  columns: number;
}

/** Rows from which on a table is summed up few columns at a time, so that those in view are there first. */
const LONG = 200_000;
const AT_ONCE = 8;

/** The columns to sum up with this one, and its place among them. */
export function summedUpWith(
  rows: number,
  columns: number,
  source: number,
): { window: ColumnWindow | undefined; place: number } {
  if (rows < LONG || columns <= AT_ONCE) {
    return { window: windowOf(columns, blockOf(columns, source)), place: placeIn(columns, source) };
  }
  const place = source % AT_ONCE;
  return { window: { first_column: source - place, columns: AT_ONCE }, place };
}

/** The columns of a block; undefined where the table has only one. */
export const windowOf = (columns: number, block: number): ColumnWindow | undefined =>
  columns <= WHOLE ? undefined : { first_column: block * BLOCK, columns: BLOCK };

export const blockOf = (columns: number, source: number): number =>
  columns <= WHOLE ? 0 : Math.floor(source / BLOCK);

/** Where a column lies in its block. */
export const placeIn = (columns: number, source: number): number =>
  columns <= WHOLE ? source : source % BLOCK;
