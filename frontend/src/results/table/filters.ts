/** Row filters in words, and from what a person typed. Pure. */

import type { ColumnType, FilterOp, RowFilter } from "../../api/types";
import { isBeyond } from "../../api/exact";
import { isNumeric } from "./cells";

const WORDS: Record<FilterOp, string> = {
  eq: "is",
  ne: "is not",
  lt: "<",
  le: "≤",
  gt: ">",
  ge: "≥",
  contains: "contains",
  in: "is one of",
  missing: "is missing",
  present: "is present",
};

const ORDERED: FilterOp[] = ["eq", "ne", "lt", "le", "gt", "ge", "in", "missing", "present"];
const TEXT: FilterOp[] = ["contains", "eq", "ne", "in", "lt", "gt", "missing", "present"];
const PLAIN: FilterOp[] = ["eq", "ne", "missing", "present"];

export function opsFor(type: ColumnType): { value: FilterOp; label: string }[] {
  const ops =
    type === "string" || type === "categorical"
      ? TEXT
      : type === "boolean" || type === "binary"
        ? PLAIN
        : ORDERED;
  return ops.map((value) => ({ value, label: WORDS[value] }));
}

export const takesValue = (op: FilterOp): boolean => op !== "missing" && op !== "present";

/** age > 30 */
export function filterText({ column, op, value }: RowFilter): string {
  if (!takesValue(op)) return `${column} ${WORDS[op]}`;
  return `${column} ${WORDS[op]} ${Array.isArray(value) ? value.join(", ") : String(value)}`;
}

/** The filter that was typed, or a sentence that says what is wrong with it. */
export function readFilter(
  column: string,
  type: ColumnType,
  op: FilterOp,
  typed: string,
): RowFilter | string {
  if (!takesValue(op)) return { column, op };
  if (op === "in") {
    const values = partsOf(typed).map((part) => readValue(type, part));
    if (typed.trim() === "") return "Enter values, separated by commas.";
    if (values.includes(null)) return EXPECTED[type] ?? "Enter values, separated by commas.";
    return { column, op, value: values };
  }
  const value = readValue(type, type === "string" ? typed : typed.trim());
  if (value === null) return EXPECTED[type] ?? "Enter a value to compare with.";
  if (value === "" && op !== "eq" && op !== "ne") return "Enter a value to compare with.";
  return { column, op, value };
}

const PART = /,(?:\s*"((?:[^"]|"")*)"\s*(?=,|$)|([^,]*))/g;

/** What stands between the commas; in quotes it may hold commas itself, and quotes written twice. */
const partsOf = (typed: string): string[] =>
  [...`,${typed}`.matchAll(PART)].map(
    ([, quoted, plain = ""]) => quoted?.replaceAll('""', '"') ?? plain.trim(),
  );

const DIGITS = /^-?\d+$/;
const THOUSANDS = /^-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/;
const NUMBER = /^[+-]?(\d+[.,]?\d*|[.,]\d+)(e[+-]?\d+)?$/i;
const INFINITE = /^([+-]?)inf(inity)?$/i;

/** A number as it was typed: 1.5, 1,5, 12,000; a text where JSON or a browser has no such number. */
function readNumber(text: string): string | number | null {
  const infinite = INFINITE.exec(text);
  if (infinite) return infinite[1] === "-" ? "-Infinity" : "Infinity";
  if (THOUSANDS.test(text)) return readNumber(text.replaceAll(",", ""));
  if (!NUMBER.test(text)) return null;
  return DIGITS.test(text) && isBeyond(text) ? text : Number(text.replace(",", "."));
}

const EXPECTED: Partial<Record<ColumnType, string>> = {
  integer: "Enter a number, such as 30 or 1.5.",
  float: "Enter a number, such as 30 or 1.5.",
  boolean: "Enter true or false.",
  datetime: "Enter a date or time, such as 2024-05-31 or 2024-05-31T14:30:00Z.",
};

const TIME =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?)?)?$/i;

/** A day, or a time as ISO 8601 has it; 2024 and 2024-05 are their first day. */
function readTime(text: string): string | null {
  const [found, year, month = "01", day = "01", time, zone = ""] = TIME.exec(text) ?? [];
  if (!found) return null;
  return `${year}-${month}-${day}${time ? `T${time}${zone.toUpperCase()}` : ""}`;
}

function readValue(type: ColumnType, text: string): string | number | boolean | null {
  if (isNumeric(type)) return readNumber(text);
  if (type === "datetime") return readTime(text);
  if (type === "boolean") {
    const word = text.toLowerCase();
    return word === "true" || word === "1" ? true : word === "false" || word === "0" ? false : null;
  }
  return text;
}
