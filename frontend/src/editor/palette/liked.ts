/** What this person puts on the canvas: favourites, and what was used last and most. Remembered in this browser. */

import { create } from "zustand";
import { persist } from "zustand/middleware";

/** A module's slug, or `dataset:` and the name of a dataset. */
export type EntryKey = string;

interface Liked {
  favourites: readonly EntryKey[];
  recent: readonly EntryKey[];
  uses: Readonly<Record<EntryKey, number>>;
}

const RECENT = 5;

export const useLiked = create<Liked>()(
  persist((): Liked => ({ favourites: [], recent: [], uses: {} }), { name: "studio.palette" }),
);

export const entryKey = (module: string, params?: Record<string, unknown>): EntryKey =>
  module === "dataset" ? `dataset:${String(params?.dataset ?? "")}` : module;

export function noteUse(key: EntryKey): void {
  useLiked.setState(({ recent, uses }) => ({
    recent: [key, ...recent.filter((one) => one !== key)].slice(0, RECENT),
    uses: { ...uses, [key]: (uses[key] ?? 0) + 1 },
  }));
}

export function toggleFavourite(key: EntryKey): void {
  useLiked.setState(({ favourites }) => ({
    favourites: favourites.includes(key) ? favourites.filter((one) => one !== key) : [...favourites, key],
  }));
}

/** What is used most comes first; the order is kept otherwise. */
export const byUse = <T>(items: readonly T[], keyOf: (item: T) => EntryKey, uses: Liked["uses"]): T[] =>
  [...items].sort((a, b) => (uses[keyOf(b)] ?? 0) - (uses[keyOf(a)] ?? 0));
