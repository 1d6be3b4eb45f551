/** A row that somebody types for a model: texts of fields, and the values that are sent. Pure. */

import type { ModelInput, ModelInputs, Row } from "../../api/models";
import { fullText } from "../table/cells";

export type Typed = Readonly<Record<string, string>>;

/** The fields of one of the sample's rows; empty ones where there is no such row. */
export function typedRow({ inputs, rows }: ModelInputs, place: number): Typed {
  const row = rows[place] ?? [];
  return Object.fromEntries(
    inputs.map(({ name }, at) => {
      const value = row[at];
      return [name, value === null || value === undefined ? "" : fullText(value)];
    }),
  );
}

/** An empty field is missing. Of an input without a type, what reads as a number is one. */
export function sentRow(inputs: readonly ModelInput[], typed: Typed): Row {
  return Object.fromEntries(
    inputs.map(({ name, type }) => {
      const text = (typed[name] ?? "").trim();
      if (text === "") return [name, null];
      return [name, type === "" && Number.isFinite(Number(text)) ? Number(text) : text];
    }),
  );
}

/** What is wrong with a field, before anybody asks. */
export function wrongIn({ type }: ModelInput, text: string): string | null {
  const plain = text.trim();
  if (plain === "") return null;
  if (type === "integer" && !/^[+-]?\d+$/.test(plain)) return "A whole number";
  if (type === "float" && !Number.isFinite(Number(plain))) return "A number";
  return null;
}
