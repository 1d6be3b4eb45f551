/** What this person puts on the canvas: favorites, and what was used last and most. Remembered in this browser. */

import { create } from "zustand";
import { persist } from "zustand/middleware";
import { datasetOf, type Placed } from "../../graph/reference";
import type { Catalog } from "../../graph/types";

/** A module's slug, or `dataset:` and the name of a dataset. */
export type EntryKey = string;

interface Liked {
  favorites: readonly EntryKey[];
  recent: readonly EntryKey[];
  uses: Readonly<Record<EntryKey, number>>;
  /** How often a wire was drawn from one module to another, by `from to`. */
  pairs: Readonly<Record<string, number>>;
}

const RECENT = 5;

export const useLiked = create<Liked>()(
  persist((): Liked => ({ favorites: [], recent: [], uses: {}, pairs: {} }), {
    name: "studio.palette",
    version: 1,
    // Until version 1 the list was stored under the British spelling.
    migrate: (stored) => {
      const { favourites, ...rest } = stored as Partial<Liked> & { favourites?: EntryKey[] };
      return { favorites: favourites ?? [], recent: [], uses: {}, pairs: {}, ...rest };
    },
  }),
);

export function entryKey(catalog: Catalog, placed: Placed): EntryKey {
  const dataset = datasetOf(catalog, placed);
  return dataset === null ? placed.module : `dataset:${dataset}`;
}

export function noteUse(key: EntryKey): void {
  useLiked.setState(({ recent, uses }) => ({
    recent: [key, ...recent.filter((one) => one !== key)].slice(0, RECENT),
    uses: { ...uses, [key]: (uses[key] ?? 0) + 1 },
  }));
}

export function notePair(from: string, to: string): void {
  const pair = `${from} ${to}`;
  useLiked.setState(({ pairs }) => ({ pairs: { ...pairs, [pair]: (pairs[pair] ?? 0) + 1 } }));
}

export function toggleFavorite(key: EntryKey): void {
  useLiked.setState(({ favorites }) => ({
    favorites: favorites.includes(key) ? favorites.filter((one) => one !== key) : [...favorites, key],
  }));
}

/** What is used most comes first; the order is kept otherwise. */
export const byUse = <T>(items: readonly T[], keyOf: (item: T) => EntryKey, uses: Liked["uses"]): T[] =>
  [...items].sort((a, b) => (uses[keyOf(b)] ?? 0) - (uses[keyOf(a)] ?? 0));
