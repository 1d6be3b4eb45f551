import type { PreviewColumn, ReadAs } from "../../../api/review";

/** What several columns, by the file's names, could each be and nothing else. Pure. */
export function alike(columns: readonly PreviewColumn[]): Map<ReadAs, string[]> {
  const found = new Map<ReadAs, string[]>();
  for (const { original, could_be = [] } of columns) {
    const [choice, other] = could_be;
    if (choice && !other) found.set(choice, [...(found.get(choice) ?? []), original]);
  }
  return new Map([...found].filter(([, names]) => names.length > 1));
}
