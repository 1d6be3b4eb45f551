import { useElementSize, useMergedRef } from "@mantine/hooks";
import { useCallback, useEffect, useMemo, useRef, useState, type UIEvent } from "react";
import { rowsInView, scrollMap, topToShow } from "./scrollMap";

const LINE_PX = 16;

/** The rows that are in view. Where the scroller is squeezed, the wheel still moves pixel by pixel. */
export function useGridScroll(rows: number, rowHeight: number, headHeight: number) {
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: sized, height: outer } = useElementSize<HTMLDivElement>();
  const ref = useMergedRef(scroller, sized);
  const [{ top, scrollTop }, place] = useState({ top: 0, scrollTop: 0 });
  const expected = useRef(-1);

  const view = Math.max(0, outer - headHeight);
  const map = useMemo(() => scrollMap(rows, rowHeight, view), [rows, rowHeight, view]);

  /** Puts this many pixels of rows above the view. */
  const goTo = useCallback(
    (wanted: number) => {
      const box = scroller.current;
      if (!box) return;
      const exact = Math.min(map.end, Math.max(0, wanted));
      box.scrollTop = map.scrollFor(exact);
      expected.current = box.scrollTop;
      place({ top: exact, scrollTop: box.scrollTop });
    },
    [map],
  );
  const onScroll = (event: UIEvent<HTMLDivElement>) => {
    const at = event.currentTarget.scrollTop;
    if (at === expected.current) return;
    expected.current = -1;
    place({ top: map.topAt(at), scrollTop: at });
  };

  const current = useRef({ top, goTo });
  useEffect(() => {
    current.current = { top, goTo };
  });
  useEffect(() => {
    const box = scroller.current;
    if (!box || !map.squeezed) return;
    const onWheel = (event: WheelEvent) => {
      if (event.ctrlKey || event.shiftKey || event.deltaY === 0) return;
      event.preventDefault();
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * LINE_PX : event.deltaY;
      box.scrollLeft += event.deltaX;
      current.current.goTo(current.current.top + pixels);
    };
    box.addEventListener("wheel", onWheel, { passive: false });
    return () => box.removeEventListener("wheel", onWheel);
  }, [map.squeezed]);

  const shown = Math.min(top, map.end);
  return {
    ref,
    scroller,
    onScroll,
    map,
    seen: rowsInView(shown, view, rowHeight, rows),
    rowsAtOnce: Math.max(1, Math.floor(view / rowHeight) - 1),
    /** Where a row lies in the scroller's content. */
    rowTop: (row: number) => row * rowHeight - (shown - Math.min(scrollTop, map.height)),
    showRow: (row: number) => goTo(topToShow(row, shown, view, rowHeight)),
    goTo,
  };
}
