import { useRef, type PointerEvent } from "react";
import type { Cell } from "./useGridKeys";

interface Options {
  active: Cell | null;
  choose(cell: Cell, extend: boolean): void;
  /** A cell was clicked, and no range drawn. */
  click(cell: Cell, target: HTMLElement): void;
}

/** A click chooses a cell; a drag, or Shift and a click, a range. */
export function useCellPointer({ active, choose, click }: Options) {
  const started = useRef<Cell | null>(null);
  const cellOf = (event: PointerEvent): [Cell, HTMLElement] | null => {
    const target = (event.target as HTMLElement).closest<HTMLElement>("[role=gridcell]");
    if (!target) return null;
    return [{ row: Number(target.dataset.row), column: Number(target.dataset.column) }, target];
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      const found = event.button === 0 ? cellOf(event) : null;
      if (!found) return;
      choose(found[0], event.shiftKey && active !== null && active.row >= 0);
      started.current = found[0];
    },
    onPointerMove: (event: PointerEvent) => {
      if (!started.current || event.buttons !== 1) return;
      const cell = cellOf(event)?.[0];
      if (cell && (cell.row !== active?.row || cell.column !== active.column)) choose(cell, true);
    },
    onPointerCancel: () => {
      started.current = null;
    },
    onPointerUp: (event: PointerEvent) => {
      const found = started.current ? cellOf(event) : null;
      const at = started.current;
      started.current = null;
      if (found && !event.shiftKey && at?.row === found[0].row && at.column === found[0].column)
        click(...found);
    },
  };
}
