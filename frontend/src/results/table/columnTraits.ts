/** What must be known of a column besides its type to say a view of it elsewhere. Pure. */

import type { ColumnSummary, RowFilter, RowOrder } from "../../api/types";

export interface ColumnTraits {
  /** Datetimes with a zone; they are told in UTC. */
  zoned: boolean;
  /** The categories in their order; null where they have none, and go by value. */
  order: readonly string[] | null;
}

export type Traits = ReadonlyMap<string, ColumnTraits>;

export const traitsOf = ({ type, min, order }: ColumnSummary): ColumnTraits => ({
  zoned: type === "datetime" && typeof min === "string" && min.endsWith("Z"),
  order: order?.map(String) ?? null,
});

/** The columns of which traits count: those that are filtered, sorted or searched, and are dates or categories. */
export function traitsNeeded(
  columns: readonly { name: string; type: string }[],
  view: { filter: readonly RowFilter[]; sort?: RowOrder; search?: string },
): number[] {
  const asked = new Set(view.filter.map(({ column }) => column));
  if (view.sort) asked.add(view.sort.column);
  return columns.flatMap(({ name, type }, place) => {
    if (type === "categorical") return asked.has(name) ? [place] : [];
    return type === "datetime" && (asked.has(name) || view.search) ? [place] : [];
  });
}
