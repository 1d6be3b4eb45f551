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

export const TYPES = [
  "integer", "float", "numeric", "string", "boolean", "datetime", "timedelta", "categorical", "binary", "all",
]; // prettier-ignore

/** Reads what a node holds: the whole object, a list of names, or a comma-separated text. */
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
    return { begin: begin === "all" ? "all" : "none", rules: rules ?? [], ordered: ordered ?? false };
  }
  return named([]);
}

export const named = (names: string[]): Selection => ({
  begin: "none",
  rules: names.length ? [{ by: "names", values: names, exclude: false }] : [],
  ordered: false,
});

/** The one name of a picker that takes one column. */
export const singleName = (value: unknown): string => readSelection(value).rules[0]?.values[0] ?? "";

/** In words: "All columns, without id". */
export function describeSelection({ begin, rules }: Selection): string {
  const parts = rules
    .filter((rule) => rule.values.length)
    .map((rule) => `${rule.exclude ? "without" : "with"} ${rule.values.join(", ")}`);
  if (begin === "all") return ["All columns", ...parts].join(", ");
  return parts.length ? parts.join(", ").replace(/^with /, "") : "No columns";
}
