/** Where rows lie in a scroller that no browser could make tall enough for all of them. Pure. */

/** Browsers stop near 17 million pixels (Firefox) and 33 million (Chromium). */
const TALLEST = 8_000_000;

export interface ScrollMap {
  /** Pixels of the scroller's content. */
  height: number;
  /** Pixels that all rows would take. */
  full: number;
  /** True where one pixel of the scroll bar stands for more than one of the rows. */
  squeezed: boolean;
  /** The largest top there is. */
  end: number;
  /** Pixels scrolled off above, for a place of the scroll bar; and back. */
  topAt(scrollTop: number): number;
  scrollFor(top: number): number;
}

/** `view`: pixels of rows that are seen at once. */
export function scrollMap(rows: number, rowHeight: number, view: number, tallest = TALLEST): ScrollMap {
  const full = rows * rowHeight;
  const height = Math.min(full, tallest);
  const end = Math.max(0, full - view);
  const reach = Math.max(0, height - view);
  const factor = reach > 0 ? end / reach : 1;
  return {
    height,
    full,
    squeezed: full > tallest,
    end,
    topAt: (scrollTop) => Math.min(end, Math.max(0, scrollTop * factor)),
    scrollFor: (top) => Math.min(reach, Math.max(0, top / factor)),
  };
}

/** First row and end (not included) of those that are seen, with some more on each side. */
export function rowsInView(
  top: number,
  view: number,
  rowHeight: number,
  rows: number,
  more = 4,
): [first: number, end: number] {
  const first = Math.max(0, Math.floor(top / rowHeight) - more);
  const end = Math.min(rows, Math.ceil((top + view) / rowHeight) + more);
  return [Math.min(first, end), end];
}

/** The nearest top at which a row is wholly in view. */
export function topToShow(row: number, top: number, view: number, rowHeight: number): number {
  const start = row * rowHeight;
  if (start < top) return start;
  if (start + rowHeight > top + view) return start + rowHeight - view;
  return top;
}
