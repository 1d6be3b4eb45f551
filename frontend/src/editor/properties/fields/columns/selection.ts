/** The value of a column picker: rules in order, each taking columns in or leaving them out. Pure. */

export type By = "names" | "types" | "indexes" | "pattern";

export interface Rule {
  by: By;
  values: string[];
  exclude: boolean;
}

export interface Selection {
  begin: "none" | "all";
  rules: Rule[];
  ordered: boolean;
}

export const BY_LABELS: Record<By, string> = {
  names: "by name",
  types: "by type",
  indexes: "by position",
  pattern: "by pattern",
};

/** Types a rule may name, with the word for each. */
export const TYPE_WORDS: Record<string, string> = {
  numeric: "any number",
  integer: "integer",
  float: "decimal number",
  string: "text",
  categorical: "category",
  boolean: "true or false",
  datetime: "date and time",
  timedelta: "duration",
  binary: "bytes",
  all: "any type",
};

/** Reads what a node holds: the whole object, or names (in this order), with commas between them or not. */
export function readSelection(value: unknown): Selection {
  if (typeof value === "string")
    return named(
      value
        .split(",")
        .map((name) => name.trim())
        .filter(Boolean),
    );
  if (Array.isArray(value)) return named(value.map(String));
  if (value && typeof value === "object") {
    const { begin, rules, ordered } = value as Partial<Selection>;
    return {
      begin: begin === "all" ? "all" : "none",
      rules: (rules ?? []).map((rule) => ({
        ...rule,
        exclude: Boolean(rule.exclude),
        values: [rule.values ?? []].flat().map(String),
      })),
      ordered: ordered ?? false,
    };
  }
  return none;
}

const none: Selection = { begin: "none", rules: [], ordered: false };

export const named = (names: string[]): Selection =>
  names.length
    ? { begin: "none", rules: [{ by: "names", values: names, exclude: false }], ordered: true }
    : none;

/** The name of a picker that takes one column; null where a rule of another kind picks it. */
export function singleName(value: unknown): string | null {
  const { begin, rules } = readSelection(value);
  const [rule, ...others] = rules;
  if (!rule) return begin === "none" ? "" : null;
  return begin === "none" &&
    others.length === 0 &&
    rule.by === "names" &&
    !rule.exclude &&
    rule.values.length < 2
    ? (rule.values[0] ?? "")
    : null;
}

/** In words: "All columns, without id" */
export function describeSelection({ begin, rules }: Selection): string {
  const parts = rules
    .filter((rule) => rule.values.length)
    .map((rule) => `${rule.exclude ? "without" : "with"} ${valuesText(rule)}`);
  if (begin === "all") return ["All columns", ...parts].join(", ");
  return parts.length ? parts.join(", ").replace(/^with /, "") : "No columns";
}

const SHOWN = 4;

function valuesText({ by, values }: Rule): string {
  const texts = by === "types" ? values.map((type) => TYPE_WORDS[type] ?? type) : values;
  const some = texts.slice(0, SHOWN).join(", ");
  const rest = texts.length > SHOWN ? ` and ${texts.length - SHOWN} more` : "";
  return `${by === "indexes" ? "number " : by === "pattern" ? "names like " : ""}${some}${rest}`;
}
