/** A list of records, as a param holds it: what a form reads and changes. Pure. */

import { isShown } from "../../../../graph/problems";
import type { ParamSpec } from "../../../../graph/types";

export type Entry = Record<string, unknown>;

const isEntry = (value: unknown): value is Entry =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The records of a value; what is none is left out. */
export const readRecords = (value: unknown): Entry[] => (Array.isArray(value) ? value.filter(isEntry) : []);

/** What a field of a record is: its own value, or the default. */
export const valueOf = (record: Entry, field: ParamSpec): unknown =>
  field.name in record ? record[field.name] : field.default;

/** The fields to draw of one record: those whose `shown_when` holds for the fields beside them. The first record
 *  has nothing before it, so that it is not asked how it is joined to that. */
export const shownFields = (fields: readonly ParamSpec[], record: Entry, place: number): ParamSpec[] =>
  fields.filter((field) => {
    if (field.name === "joined_by" && place === 0) return false;
    return isShown(field, (name) => {
      const other = fields.find((one) => one.name === name);
      return other && valueOf(record, other);
    });
  });

/** The record with one field changed; a field at its default is not written down. */
export function withField(record: Entry, field: ParamSpec, value: unknown): Entry {
  const { [field.name]: _, ...others } = record;
  return JSON.stringify(value) === JSON.stringify(field.default)
    ? others
    : { ...others, [field.name]: value };
}

/** The list with the record at `from` moved to `to`. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.filter((_, at) => at !== from);
  const [one] = list.slice(from, from + 1);
  return one === undefined ? rest : [...rest.slice(0, to), one, ...rest.slice(to)];
}
