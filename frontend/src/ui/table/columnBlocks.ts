/** Wide tables travel in blocks of columns; narrow ones whole. Pure. */

const WHOLE = 100;
const BLOCK = 64;

export interface ColumnWindow {
  first_column: number;
  columns: number;
}

/** The columns of a block; undefined where the table has only one. */
export const windowOf = (columns: number, block: number): ColumnWindow | undefined =>
  columns <= WHOLE ? undefined : { first_column: block * BLOCK, columns: BLOCK };

export const blockOf = (columns: number, source: number): number =>
  columns <= WHOLE ? 0 : Math.floor(source / BLOCK);

/** Where a column lies in its block. */
export const placeIn = (columns: number, source: number): number =>
  columns <= WHOLE ? source : source % BLOCK;
