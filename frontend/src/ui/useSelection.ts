import { useMemo, useState } from "react";

export interface Selection<T> {
  items: T[];
  has(item: T): boolean;
  toggle(item: T): void;
  /** All of these, or none of them where all are. */
  toggleAll(items: readonly T[]): void;
  clear(): void;
}

/** Rows that are selected, of those that are still in the list. */
export function useSelection<T extends { id: string }>(all: readonly T[]): Selection<T> {
  const [ids, setIds] = useState<ReadonlySet<string>>(() => new Set());
  const items = useMemo(() => all.filter(({ id }) => ids.has(id)), [all, ids]);
  return {
    items,
    has: ({ id }) => ids.has(id),
    toggle: ({ id }) =>
      setIds((old) => new Set(old.has(id) ? [...old].filter((one) => one !== id) : [...old, id])),
    toggleAll: (some) =>
      setIds((old) => {
        const here = some.map(({ id }) => id);
        const rest = [...old].filter((id) => !here.includes(id));
        return new Set(here.every((id) => old.has(id)) ? rest : [...rest, ...here]);
      }),
    clear: () => setIds(new Set()),
  };
}
