/** A view of rows as a query in DuckDB's words. Pure. */

import type { Column, ColumnType, RowFilter, RowOrder } from "../../api/types";
import { isNumeric } from "./cells";
import type { Traits } from "./columnTraits";
import { searchedFor } from "./searchedFor";
import type { View } from "./usePages";

export interface AskedView extends View {
  /** The names that are left, in their order; null for all as they are. */
  columns: readonly string[] | null;
}

/** SELECT … FROM table WHERE … ORDER BY …; on one line each. Rows that are alike in the order keep theirs. */
export function asSql(view: AskedView, columns: readonly Column[], table: string, traits: Traits): string {
  const query = new Query(columns, table, traits);
  const conditions = view.filter.map((rule) => query.condition(rule));
  if (view.search) conditions.push(query.searched(view.search));
  const lines = [`SELECT ${query.selected(view.columns)}`, `FROM ${table}`];
  if (conditions.length > 0) lines.push(`WHERE ${conditions.join("\n  AND ")}`);
  if (view.sort) lines.push(query.order(view.sort));
  return `${lines.join("\n")};`;
}

const quotedName = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const SIGNS: Partial<Record<RowFilter["op"], string>> = {
  eq: "=",
  ne: "<>",
  lt: "<",
  le: "<=",
  gt: ">",
  ge: ">=",
};

class Query {
  private readonly names: ReadonlyMap<string, string>;
  private readonly isRenamed: boolean;

  constructor(
    private readonly columns: readonly Column[],
    private readonly table: string,
    private readonly traits: Traits,
  ) {
    this.names = namesInSql(columns, table);
    this.isRenamed = [...this.names].some(([name, inSql]) => name !== inSql && name !== "");
  }

  selected(chosen: readonly string[] | null): string {
    if (!chosen && !this.isRenamed) return "*";
    return (chosen ?? this.columns.map(({ name }) => name))
      .map((name) =>
        this.names.get(name) === name || name === ""
          ? this.name(name)
          : `${this.name(name)} AS ${quotedName(name)}`,
      )
      .join(", ");
  }

  condition({ column, op, value }: RowFilter): string {
    const [it, type] = [this.name(column), this.typeOf(column)];
    if (op === "missing") return `${it} IS NULL`;
    if (op === "present") return `${it} IS NOT NULL`;
    if (op === "contains") {
      const text = type === "string" ? it : `CAST(${it} AS VARCHAR)`;
      return `contains(lower(${text}), ${quoted(String(value).toLowerCase())})`;
    }
    if (op === "in") {
      const values = Array.isArray(value) ? value : [value];
      return `${it} IN (${values.map((one) => this.literal(one, column)).join(", ")})`;
    }
    const ranked = op !== "eq" && op !== "ne" ? this.rank(column) : null;
    if (ranked) return `${ranked(it)} ${SIGNS[op]} ${ranked(quoted(String(value)))}`;
    return `${it} ${SIGNS[op]} ${this.literal(value, column)}`;
  }

  searched(search: string): string {
    const found = searchedFor(search, this.columns).map((rules) =>
      rules.map((rule) => this.condition(rule)).join(" AND "),
    );
    return found.length > 0 ? `(${found.join("\n    OR ")})` : "FALSE";
  }

  order({ column, descending }: RowOrder): string {
    // Of the table, not what another column is called in the result.
    const it = this.isRenamed ? `${this.table}.${this.name(column)}` : this.name(column);
    const by = this.rank(column)?.(it) ?? it;
    return `ORDER BY ${by}${descending ? " DESC" : ""} NULLS LAST, row_number() OVER ()`;
  }

  /** Where the order of the categories counts, how a value becomes its place in it. */
  private rank(column: string): ((value: string) => string) | null {
    const order = this.traits.get(column)?.order;
    if (!order) return null;
    return (value) => `list_position([${order.map(quoted).join(", ")}], ${value})`;
  }

  private literal(value: unknown, column: string): string {
    if (typeof value === "boolean") return String(value).toUpperCase();
    const type = this.typeOf(column);
    if (isNumeric(type)) return numberInSql(String(value), type);
    if (type === "datetime") return timeInSql(String(value), this.traits.get(column)?.zoned ?? false);
    if (type === "timedelta") return `INTERVAL ${quoted(String(value))}`;
    return type === "binary" ? `unhex(${quoted(String(value).replace(/^0x/, ""))})` : quoted(String(value));
  }

  private name(column: string): string {
    return quotedName(this.names.get(column) ?? column);
  }

  private typeOf(column: string): ColumnType {
    return this.columns.find(({ name }) => name === column)?.type ?? "string";
  }
}

/** Beside integers fractions are doubles: no decimal lies beside the largest of them. */
function numberInSql(text: string, type: ColumnType): string {
  if (/inf/i.test(text)) return `CAST(${quoted(text)} AS DOUBLE)`;
  return type === "integer" && text.includes(".") && !text.includes("e") ? `${text}e0` : text;
}

const ZONE = /(Z|[+-]\d{2}(:?\d{2})?)$/;

/** `value` as filters give it: ISO 8601, in UTC where no zone is told. */
function timeInSql(value: string, zoned: boolean): string {
  const time = value.length > 10 && ZONE.test(value);
  if (zoned) return `TIMESTAMPTZ ${quoted(time ? value : `${value}${value.length > 10 ? "" : "T00:00"}+00`)}`;
  const plain = time ? inUtc(value) : value;
  return `${/\.\d{7}/.test(plain) ? "TIMESTAMP_NS" : "TIMESTAMP"} ${quoted(plain)}`;
}

const inUtc = (value: string): string =>
  value.endsWith("Z") ? value.slice(0, -1) : new Date(value).toISOString().slice(0, -1);

/** As SQL compares names: without regard to the case of A to Z, and of no other letter. */
const folded = (name: string): string => name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** What Apply SQL Transformation calls the columns: to SQL `x` and `X` are one name, and none is no name. */
function namesInSql(columns: readonly Column[], table: string): Map<string, string> {
  const taken = new Set(columns.map(({ name }) => folded(name)));
  const seen = new Set<string>();
  return new Map(
    columns.map(({ name }, place) => {
      const wanted = name || `${table.toUpperCase()}COL${place + 1}`;
      let free = wanted;
      const isTaken = () => seen.has(folded(free)) || (free !== wanted && taken.has(folded(free)));
      for (let number = 2; isTaken(); number += 1) free = `${wanted} (${number})`;
      seen.add(folded(free));
      return [name, free];
    }),
  );
}
