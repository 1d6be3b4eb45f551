/** Row filters in words, and from what a person typed. Pure. */

import type { ColumnType, FilterOp, RowFilter } from "../../api/types";
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
    const values = typed.split(",").map((part) => readValue(type, part.trim()));
    const bad = values.find((value) => value === null);
    if (bad !== undefined || typed.trim() === "") return "Give values with commas between.";
    return { column, op, value: values };
  }
  const value = readValue(type, type === "string" ? typed : typed.trim());
  if (value === null) {
    return isNumeric(type) ? "Give a number, such as 30 or 1.5." : "Give true or false.";
  }
  if (value === "" && op !== "eq" && op !== "ne") return "Give a value to compare with.";
  return { column, op, value };
}

function readValue(type: ColumnType, text: string): string | number | boolean | null {
  if (isNumeric(type)) {
    const number = Number(text.replace(",", "."));
    return text === "" || Number.isNaN(number) ? null : number;
  }
  if (type === "boolean") {
    const word = text.toLowerCase();
    return word === "true" || word === "1" ? true : word === "false" || word === "0" ? false : null;
  }
  return text;
}
