import type { Page } from "./types";

/** Items a call. */
const LIMIT = 1000;

/** Reads a list page by page to its end. */
export async function everyItem<T>(
  ask: (page: { limit: number; offset: number }) => Promise<Page<T>>,
): Promise<T[]> {
  const items: T[] = [];
  for (;;) {
    const page = await ask({ limit: LIMIT, offset: items.length });
    items.push(...page.items);
    if (page.items.length === 0 || items.length >= page.total) return items;
  }
}
