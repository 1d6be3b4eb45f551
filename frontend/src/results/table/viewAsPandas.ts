/** A view of rows as a line of pandas. Pure. */

import type { Column, ColumnType, RowFilter } from "../../api/types";
import { isNumeric } from "./cells";
import type { Traits } from "./columnTraits";
import { searchedFor } from "./searchedFor";
import type { AskedView } from "./viewAsSql";

/** `df` with the rows, their order and the columns of the view. */
export function asPandas(view: AskedView, columns: readonly Column[], traits: Traits): string {
  const typeOf = (name: string) => columns.find((column) => column.name === name)?.type ?? "string";
  const told = (rule: RowFilter) => condition(rule, typeOf(rule.column), traits);
  const conditions = view.filter.map(told);
  if (view.search) conditions.push(searched(view.search, columns, told));
  const [only] = conditions;
  let line = "df";
  if (conditions.length === 1 && only) line += `[${only}]`;
  else if (conditions.length > 1) line += `[${conditions.map((one) => `(${one})`).join(" & ")}]`;
  if (view.sort) {
    const { column: by, descending } = view.sort;
    const byValue = typeOf(by) === "categorical" && !traits.get(by)?.order;
    line += `.sort_values(${text(by)}${descending ? ", ascending=False" : ""}, kind="stable"${byValue ? ", key=lambda c: c.astype(c.cat.categories.dtype)" : ""})`;
  }
  if (view.columns) line += `[[${view.columns.map(text).join(", ")}]]`;
  return `df = ${line}`;
}

/** A Python text: JSON's escapes are Python's too. */
const text = (value: unknown): string => JSON.stringify(String(value));
const cell = (column: string): string => `df[${text(column)}]`;

const SIGNS: Partial<Record<RowFilter["op"], string>> = { eq: "==", lt: "<", le: "<=", gt: ">", ge: ">=" };

function condition({ column, op, value }: RowFilter, type: ColumnType, traits: Traits): string {
  const it = cell(column);
  const { zoned = false, order = null } = traits.get(column) ?? {};
  const literal = (one: unknown) => literalOf(one, type, zoned);
  switch (op) {
    case "missing":
      return `${it}.isna()`;
    case "present":
      return `${it}.notna()`;
    case "contains":
      return `${it}${type === "string" ? "" : '.astype("string")'}.str.contains(${text(value)}, case=False, regex=False, na=False)`;
    case "in": {
      const values = (Array.isArray(value) ? value : [value]).map(literal);
      // isin compares as doubles, so that 0.1 would not be found among float32.
      if (type === "float") return values.map((one) => `(${it} == ${one})`).join(" | ");
      return `${it}.isin([${values.join(", ")}])`;
    }
    case "ne":
      return `(${it} != ${literal(value)}) & ${it}.notna()`;
    case "eq":
      return `${it} == ${literal(value)}`;
    default: {
      // Categories without an order are compared by value.
      const byValue = type === "categorical" && !order ? '.astype("string")' : "";
      return `${it}${byValue} ${SIGNS[op]} ${literal(value)}`;
    }
  }
}

function literalOf(value: unknown, type: ColumnType, zoned: boolean): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (isNumeric(type)) return /inf/i.test(String(value)) ? `float(${text(value)})` : String(value);
  if (type === "datetime") return timeOf(String(value), zoned);
  if (type === "binary") return `bytes.fromhex(${text(String(value).replace(/^0x/, ""))})`;
  return type === "timedelta" ? `pd.Timedelta(${text(value)})` : text(value);
}

/** `value` as filters give it: ISO 8601, in UTC where no zone is told. */
function timeOf(value: string, zoned: boolean): string {
  const told = value.length > 10 && /(Z|[+-]\d{2}(:?\d{2})?)$/.test(value);
  if (zoned) return `pd.Timestamp(${text(value)}${told ? "" : ', tz="UTC"'})`;
  return `pd.Timestamp(${text(value)})${told ? '.tz_convert("UTC").tz_localize(None)' : ""}`;
}

function searched(search: string, columns: readonly Column[], told: (rule: RowFilter) => string): string {
  const found = searchedFor(search, columns).map((rules) =>
    rules.map((rule) => `(${told(rule)})`).join(" & "),
  );
  return found.length > 0 ? found.join(" | ") : "pd.Series(False, index=df.index)";
}
