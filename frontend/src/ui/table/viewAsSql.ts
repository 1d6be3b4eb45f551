/** A view of rows as a query in DuckDB's words. Pure. */

import type { Column, ColumnType, RowFilter } from "../../api/types";
import { isNumeric } from "./cells";
import type { View } from "./usePages";

export interface AskedView extends View {
  /** The names that are left, in their order; null for all as they are. */
  columns: readonly string[] | null;
}

/** SELECT … FROM table WHERE … ORDER BY …; on one line each. */
export function asSql(view: AskedView, columns: readonly Column[], table: string): string {
  const typeOf = (name: string) => columns.find((column) => column.name === name)?.type ?? "string";
  const conditions = view.filter.map((rule) => condition(rule, typeOf(rule.column)));
  if (view.search) conditions.push(searched(view.search, columns));
  const lines = [`SELECT ${view.columns?.map(name).join(", ") ?? "*"}`, `FROM ${table}`];
  if (conditions.length > 0) lines.push(`WHERE ${conditions.join("\n  AND ")}`);
  if (view.sort) lines.push(order(view.sort, columns));
  return `${lines.join("\n")};`;
}

const name = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const asText = (column: string, type: ColumnType) =>
  type === "string" ? name(column) : `CAST(${name(column)} AS VARCHAR)`;

const SIGNS: Partial<Record<RowFilter["op"], string>> = {
  eq: "=",
  ne: "<>",
  lt: "<",
  le: "<=",
  gt: ">",
  ge: ">=",
};

function condition({ column, op, value }: RowFilter, type: ColumnType): string {
  if (op === "missing") return `${name(column)} IS NULL`;
  if (op === "present") return `${name(column)} IS NOT NULL`;
  if (op === "contains")
    return `contains(lower(${asText(column, type)}), ${quoted(String(value).toLowerCase())})`;
  if (op === "in") {
    const values = Array.isArray(value) ? value : [value];
    return `${name(column)} IN (${values.map((one) => literal(one, type)).join(", ")})`;
  }
  return `${name(column)} ${SIGNS[op]} ${literal(value, type)}`;
}

function literal(value: unknown, type: ColumnType): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value).toUpperCase();
  const text = quoted(String(value));
  if (type === "datetime") return `TIMESTAMP ${text}`;
  return type === "timedelta" ? `INTERVAL ${text}` : text;
}

/** As the server searches: in texts, and as a number's whole value. */
function searched(search: string, columns: readonly Column[]): string {
  const found = columns.flatMap(({ name: column, type }) => {
    if (type === "string" || type === "categorical")
      return [condition({ column, op: "contains", value: search }, type)];
    const number = Number(search);
    return isNumeric(type) && search.trim() !== "" && !Number.isNaN(number)
      ? [`${name(column)} = ${number}`]
      : [];
  });
  return found.length > 0 ? `(${found.join("\n    OR ")})` : "FALSE";
}

function order(sort: string, columns: readonly Column[]): string {
  const descending = sort.startsWith("-") && !columns.some((column) => column.name === sort);
  return `ORDER BY ${name(descending ? sort.slice(1) : sort)}${descending ? " DESC" : ""} NULLS LAST`;
}
