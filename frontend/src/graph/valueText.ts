/** A param's value in a few words, for sentences and lists. */

const LONGEST = 40;

export function valueText(value: unknown): string {
  if (value === null || value === undefined || value === "") return "nothing";
  if (value === true) return "on";
  if (value === false) return "off";
  const text =
    typeof value === "string" ? value.trim() : typeof value === "number" ? String(value) : listText(value);
  const line = text.split("\n", 1)[0] ?? "";
  return line.length > LONGEST || line !== text ? `${line.slice(0, LONGEST)}…` : line;
}

/** A choice of columns reads as their names where it is a list of names. */
function listText(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join(", ");
  const rules = (value as { rules?: { values?: unknown[]; exclude?: boolean }[] }).rules;
  if (!Array.isArray(rules)) return JSON.stringify(value);
  const parts = rules.map(
    ({ values = [], exclude }) => `${exclude ? "without " : ""}${values.map(String).join(", ")}`,
  );
  return parts.join("; ") || "no columns";
}
