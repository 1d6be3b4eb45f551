import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useState, type RefObject } from "react";
import type { Column } from "../../api/types";
import { fittingWidth } from "./cells";

/** Columns whose first width looks at their cells; more would take longer than it is worth. */
const LOOKED_AT = 300;
export const NARROWEST = 48;
const WIDEST = 1200;

/** Widths of columns (resizable) and which of them are in view. */
export function useColumnWidths(
  columns: readonly Column[],
  firstRows: readonly unknown[][],
  scroller: RefObject<HTMLDivElement | null>,
  gutter: number,
) {
  const [chosen, choose] = useState<Record<string, number>>({});
  const sample = firstRows.slice(0, 40);
  const sampled = sample.length;
  const fitting = useMemo(
    () =>
      columns.map(({ name, type }, index) =>
        fittingWidth(name, type, index < LOOKED_AT ? sample.map((row) => row[index]) : []),
      ),
    // The first rows of another order need not change the widths.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [columns, sampled === 0],
  );
  const width = (index: number) => chosen[columns[index]?.name ?? ""] ?? fitting[index] ?? 100;
  const virtual = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: width,
    scrollMargin: gutter,
    overscan: 2,
    useFlushSync: false,
  });
  useEffect(() => virtual.measure(), [virtual, chosen, fitting]);

  return {
    items: virtual.getVirtualItems(),
    total: virtual.getTotalSize(),
    width,
    resize: (index: number, pixels: number) => {
      const name = columns[index]?.name;
      if (name === undefined) return;
      choose((old) => ({ ...old, [name]: Math.round(Math.min(WIDEST, Math.max(NARROWEST, pixels))) }));
    },
    refit: (index: number) =>
      choose((old) => {
        const { [columns[index]?.name ?? ""]: _gone, ...rest } = old;
        return rest;
      }),
    /** Brings a column into view, right of the row numbers. */
    show: (index: number) => {
      const box = scroller.current;
      const start = virtual.getOffsetForIndex(index, "start")?.[0];
      if (!box || start === undefined) return;
      let left = gutter;
      for (let before = 0; before < index; before += 1) left += width(before);
      if (left - gutter < box.scrollLeft) box.scrollLeft = left - gutter;
      else if (left + width(index) > box.scrollLeft + box.clientWidth) {
        box.scrollLeft = Math.min(left - gutter, left + width(index) - box.clientWidth);
      }
    },
  };
}
