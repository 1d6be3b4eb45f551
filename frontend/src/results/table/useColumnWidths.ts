import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useState, type RefObject } from "react";
import { fittingWidth } from "./cells";
import type { ShownColumn } from "./columnLayout";

/** Columns whose first width looks at their cells; more would take longer than it is worth. */
const LOOKED_AT = 300;
const NARROWEST = 48;
const WIDEST = 1200;

/** Where a column is drawn: its place among those shown, its left edge and its width. */
export interface ColumnBox {
  index: number;
  left: number;
  width: number;
}

/** Widths of columns (resizable) and which of them are in view. Pinned ones always are. */
export function useColumnWidths(
  shown: readonly ShownColumn[],
  firstRows: readonly unknown[][],
  scroller: RefObject<HTMLDivElement | null>,
  gutter: number,
) {
  const [chosen, choose] = useState<Record<number, number>>({});
  const sample = firstRows.slice(0, 40);
  const sampled = sample.length;
  const fitting = useMemo(
    () =>
      new Map(
        shown.map(({ column: { name, type }, source }) => [
          source,
          fittingWidth(name, type, source < LOOKED_AT ? sample.map((row) => row[source]) : []),
        ]),
      ),
    // The first rows of another order need not change the widths.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [shown, sampled === 0],
  );
  const width = (index: number) => {
    const source = shown[index]?.source ?? -1;
    return chosen[source] ?? fitting.get(source) ?? 100;
  };
  const pinned: ColumnBox[] = [];
  let frozen = gutter;
  for (let index = 0; shown[index]?.pinned; index += 1) {
    pinned.push({ index, left: frozen, width: width(index) });
    frozen += width(index);
  }
  const many = pinned.length;
  const virtual = useVirtualizer({
    horizontal: true,
    count: shown.length - many,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => width(index + many),
    scrollMargin: frozen,
    overscan: 2,
    useFlushSync: false,
  });
  useEffect(() => virtual.measure(), [virtual, chosen, fitting, frozen]);

  return {
    pinned,
    /** How wide what does not scroll is: row numbers and pinned columns. */
    frozen,
    moving: virtual
      .getVirtualItems()
      .map(({ index, start, size }): ColumnBox => ({ index: index + many, left: start, width: size })),
    total: frozen + virtual.getTotalSize(),
    width,
    resize: (index: number, pixels: number) => {
      const source = shown[index]?.source;
      if (source === undefined) return;
      choose((old) => ({ ...old, [source]: Math.round(Math.min(WIDEST, Math.max(NARROWEST, pixels))) }));
    },
    refit: (index: number) =>
      choose((old) => {
        const { [shown[index]?.source ?? -1]: _gone, ...rest } = old;
        return rest;
      }),
    /** Brings a column into view, right of what does not scroll. */
    show: (index: number) => {
      const box = scroller.current;
      if (!box || index < many) return;
      let left = frozen;
      for (let before = many; before < index; before += 1) left += width(before);
      if (left - frozen < box.scrollLeft) box.scrollLeft = left - frozen;
      else if (left + width(index) > box.scrollLeft + box.clientWidth) {
        box.scrollLeft = Math.min(left - frozen, left + width(index) - box.clientWidth);
      }
    },
  };
}
