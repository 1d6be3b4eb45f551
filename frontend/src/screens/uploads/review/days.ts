/** Dates as the server writes them, with the time: the days of columns that have no other. Pure. */

const MIDNIGHT = /T00:00:00Z?$/;

/** Whether each value of a column of dates that is there is midnight, and one is. */
export function hasDaysOnly(rows: readonly (readonly unknown[])[], place: number): boolean {
  const values = rows.map((row) => row[place]).filter((value) => value !== null);
  return values.length > 0 && values.every((value) => typeof value === "string" && MIDNIGHT.test(value));
}

/** 2024-12-31T00:00:00 → 2024-12-31 */
export const dayText = (value: unknown): string => String(value).replace(MIDNIGHT, "");
