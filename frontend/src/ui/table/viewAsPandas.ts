/** A view of rows as a line of pandas. Pure. */

import type { Column, ColumnType, RowFilter } from "../../api/types";
import { isNumeric } from "./cells";
import type { AskedView } from "./viewAsSql";

/** `df` with the rows, their order and the columns of the view. */
export function asPandas(view: AskedView, columns: readonly Column[]): string {
  const typeOf = (name: string) => columns.find((column) => column.name === name)?.type ?? "string";
  const conditions = view.filter.map((rule) => condition(rule, typeOf(rule.column)));
  if (view.search) conditions.push(searched(view.search, columns));
  const [only] = conditions;
  let line = "df";
  if (conditions.length === 1 && only) line += `[${only}]`;
  else if (conditions.length > 1) line += `[${conditions.map((one) => `(${one})`).join(" & ")}]`;
  if (view.sort) {
    const descending = view.sort.startsWith("-") && !columns.some(({ name }) => name === view.sort);
    const by = text(descending ? view.sort.slice(1) : view.sort);
    line += `.sort_values(${by}${descending ? ", ascending=False" : ""}, kind="stable")`;
  }
  if (view.columns) line += `[[${view.columns.map(text).join(", ")}]]`;
  return `df = ${line}`;
}

/** A Python text: JSON's escapes are Python's too. */
const text = (value: unknown): string => JSON.stringify(String(value));
const cell = (column: string): string => `df[${text(column)}]`;

const SIGNS: Partial<Record<RowFilter["op"], string>> = { eq: "==", lt: "<", le: "<=", gt: ">", ge: ">=" };

function condition({ column, op, value }: RowFilter, type: ColumnType): string {
  const it = cell(column);
  switch (op) {
    case "missing":
      return `${it}.isna()`;
    case "present":
      return `${it}.notna()`;
    case "contains":
      return `${it}${type === "string" ? "" : ".astype(str)"}.str.contains(${text(value)}, case=False, regex=False, na=False)`;
    case "in": {
      const values = Array.isArray(value) ? value : [value];
      return `${it}.isin([${values.map((one) => literal(one, type)).join(", ")}])`;
    }
    case "ne":
      return `(${it} != ${literal(value, type)}) & ${it}.notna()`;
    default:
      return `${it} ${SIGNS[op]} ${literal(value, type)}`;
  }
}

function literal(value: unknown, type: ColumnType): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return String(value);
  if (type === "datetime") return `pd.Timestamp(${text(value)})`;
  return type === "timedelta" ? `pd.Timedelta(${text(value)})` : text(value);
}

function searched(search: string, columns: readonly Column[]): string {
  const number = Number(search);
  const isNumber = search.trim() !== "" && !Number.isNaN(number);
  const found = columns.flatMap(({ name, type }) => {
    if (type === "string" || type === "categorical")
      return [condition({ column: name, op: "contains", value: search }, type)];
    return isNumeric(type) && isNumber ? [`(${cell(name)} == ${number})`] : [];
  });
  return found.join(" | ") || "False";
}
