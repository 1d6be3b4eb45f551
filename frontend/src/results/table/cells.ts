/** Values as cells show them. Pure. */

import type { ColumnType } from "../../api/types";

const NUMERIC: ReadonlySet<ColumnType> = new Set(["integer", "float"]);

export const isText = (type: string): boolean => type === "string" || type === "categorical";

export const isNumeric = (type: ColumnType): boolean => NUMERIC.has(type);

/** The whole value as text: what is copied, and shown when a cell is opened. */
export function fullText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

const MIDNIGHT = /T00:00:00Z?$/;

/** 2024-12-31T00:00:00 → 2024-12-31 */
export const dayText = (value: unknown): string => fullText(value).replace(MIDNIGHT, "");

const isMidnight = (value: unknown): boolean => typeof value === "string" && MIDNIGHT.test(value);

/** Whether each date that is there is midnight, and one is. */
export function hasDaysOnly(cells: readonly unknown[]): boolean {
  const present = cells.filter((value) => value !== null && value !== undefined);
  return present.length > 0 && present.every(isMidnight);
}

const CUT = /… \(([\d,]+) characters\)$/;

/** Whether a page holds only the start of this text; it says so at its end. */
export function isCut(value: unknown): boolean {
  const cut = typeof value === "string" ? CUT.exec(value) : null;
  return cut !== null && Number(cut[1]?.replaceAll(",", "")) > cut.index;
}

/** Characters of a cell's text that are drawn; a cell is never wider than the longest of them. */
export const LONGEST = 200;

/** The value as it stands in a cell: integers in full, other numbers with at most seven digits that tell, times with
 *  a space, and days alone in a column of `days`. */
export function cellText(value: unknown, type: ColumnType, days = false): string {
  if (typeof value === "number") return type === "integer" ? String(value) : numberText(value);
  const text = fullText(value);
  if (type === "datetime") return (days ? dayText(text) : text).replace("T", " ");
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** 0.1 + 0.2 → "0.3"; 1e-9 → "1e-9"; 12345.678901 → "12345.68"; 12345678.9 → "12345678.9"; whole numbers in full. */
export function numberText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e15) return shorter(value.toExponential(5));
  return shorter(value.toPrecision(Math.max(7, Math.floor(Math.log10(size)) + 3)));
}

const shorter = (text: string): string =>
  text.includes(".") ? text.replace(/\.?0+(?=e|$)/, "").replace("e+", "e") : text.replace("e+", "e");

/** Pixels in which "3,000 unique" and "12 % missing" can be read whole. */
const NARROWEST = 96;

/** A column's first width in pixels, from its name and what its first cells hold. */
export function fittingWidth(name: string, type: ColumnType, cells: readonly unknown[]): number {
  const letter = 8.4; // a digit at least: a number that is cut is another number
  const days = type === "datetime" && hasDaysOnly(cells);
  const longest = cells.reduce<number>((max, cell) => Math.max(max, cellText(cell, type, days).length), 0);
  // The name, the mark of the type before it, and the arrow behind it once it is sorted.
  const head = Math.min(name.length, 24) * letter + 66;
  const body = Math.min(longest, 40) * letter + 26;
  return Math.round(Math.max(NARROWEST, head, body));
}

/** Milliseconds since 1970 as a day, and the time where it is not midnight. */
export function dateText(milliseconds: number): string {
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) return numberText(milliseconds);
  const [day = "", time = ""] = date.toISOString().split("T");
  return time.startsWith("00:00:00") ? day : `${day} ${time.slice(0, 8)}`;
}
