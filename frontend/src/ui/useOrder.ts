import { useState } from "react";

export interface Order<K extends string> {
  by: K;
  descending: boolean;
  toggle(key: K): void;
}

type Sortable = string | number | null | undefined;

/** How a list is ordered. A column that is chosen anew starts as `first` says. */
export function useOrder<K extends string>(
  by: K,
  descending: boolean,
  startsDescending: readonly K[] = [],
): Order<K> {
  const [order, set] = useState({ by, descending });
  return {
    ...order,
    toggle: (key) =>
      set((old) =>
        old.by === key
          ? { by: key, descending: !old.descending }
          : { by: key, descending: startsDescending.includes(key) },
      ),
  };
}

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** A sorted copy. What has no value comes last in both directions. */
export function sorted<T>(items: readonly T[], value: (item: T) => Sortable, descending: boolean): T[] {
  const sign = descending ? -1 : 1;
  return [...items].sort((one, other) => {
    const a = value(one);
    const b = value(other);
    if (a === null || a === undefined) return b === null || b === undefined ? 0 : 1;
    if (b === null || b === undefined) return -1;
    if (typeof a === "number" && typeof b === "number") return sign * (a - b);
    return sign * collator.compare(String(a), String(b));
  });
}
