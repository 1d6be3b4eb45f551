import type { VirtualItem } from "@tanstack/react-virtual";
import { memo } from "react";
import type { Column } from "../../api/types";
import { cellText, isNumeric } from "./cells";
import classes from "./DataGrid.module.css";

interface Props {
  id: string;
  index: number;
  top: number;
  gutter: number;
  columns: readonly Column[];
  items: readonly VirtualItem[];
  /** Undefined while the row is on its way. */
  cells: readonly unknown[] | undefined;
  selectedColumn: number | undefined;
  /** The column of the cell that has the focus, where it is in this row. */
  activeColumn: number | undefined;
}

export const GridRow = memo(function GridRow(props: Props) {
  const { id, index, top, gutter, columns, items, cells, selectedColumn, activeColumn } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={classes.row}
      data-active={activeColumn !== undefined}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div role="rowheader" aria-colindex={1} className={classes.number} style={{ width: gutter }}>
        {index + 1}
      </div>
      {items.map(({ index: column, start, size }) => {
        const type = columns[column]?.type ?? "string";
        return (
          <div
            key={column}
            id={`${id}-${index}-${column}`}
            role="gridcell"
            aria-colindex={column + 2}
            className={classes.cell}
            data-row={index}
            data-column={column}
            data-numeric={isNumeric(type)}
            data-selected={column === selectedColumn}
            data-active={column === activeColumn}
            style={{ left: start, width: size }}
          >
            {cells ? <CellText value={cells[column]} type={type} /> : <span className={classes.waiting} />}
          </div>
        );
      })}
    </div>
  );
});

function CellText({ value, type }: { value: unknown; type: Column["type"] }) {
  if (value === null || value === undefined) return <span className={classes.missing}>missing</span>;
  if (value === "") return <span className={classes.missing}>empty text</span>;
  return cellText(value, type);
}
