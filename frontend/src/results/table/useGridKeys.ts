import type { KeyboardEvent } from "react";

/** A cell of the grid; row -1 is the header. */
export interface Cell {
  row: number;
  column: number;
}

interface Options {
  active: Cell | null;
  rows: number;
  columns: number;
  rowsAtOnce: number;
  /** `extend`: the range that is chosen grows to there. */
  move(to: Cell, extend: boolean): void;
  /** Enter: opens the cell, or orders by the column. */
  enter(cell: Cell): void;
  copy(withNames: boolean): void;
  /** Everything is chosen. */
  chooseAll(): void;
  menu(column: number): void;
  escape(): void;
  resize(column: number, by: number): void;
}

/** The keys of a grid, as the ARIA practices have them. */
export function useGridKeys(options: Options) {
  const { active, rows, columns, rowsAtOnce, move, enter, copy, chooseAll, menu, escape, resize } = options;
  return (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const { row, column } = active ?? { row: -1, column: 0 };
    const all = event.ctrlKey || event.metaKey;
    const steps: Record<string, Cell> = {
      ArrowDown: { row: all ? rows - 1 : row + 1, column },
      ArrowUp: { row: all ? 0 : row - 1, column },
      ArrowLeft: { row, column: all ? 0 : column - 1 },
      ArrowRight: { row, column: all ? columns - 1 : column + 1 },
      PageDown: { row: row + rowsAtOnce, column },
      PageUp: { row: row - rowsAtOnce, column },
      Home: { row: all ? 0 : row, column: 0 },
      End: { row: all ? rows - 1 : row, column: columns - 1 },
    };
    const to = steps[event.key];
    if (to && event.altKey) {
      if (event.key === "ArrowLeft") resize(column, -16);
      else if (event.key === "ArrowRight") resize(column, 16);
      else return;
    } else if (to) {
      // The first step only takes the focus into the grid.
      const { row: toRow, column: toColumn } = active || all ? to : { row: Math.min(0, rows - 1), column: 0 };
      const extend = event.shiftKey && active !== null && row >= 0;
      const lowest = extend ? 0 : -1;
      move(
        {
          row: Math.max(lowest, Math.min(rows - 1, toRow)),
          column: Math.max(0, Math.min(columns - 1, toColumn)),
        },
        extend,
      );
    } else if (active && (event.key === "Enter" || event.key === " ")) enter(active);
    else if (active && all && event.key.toLowerCase() === "c") copy(event.shiftKey);
    else if (all && event.key.toLowerCase() === "a" && rows > 0) chooseAll();
    else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) menu(column);
    else if (event.key === "Escape" && active) escape();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}
