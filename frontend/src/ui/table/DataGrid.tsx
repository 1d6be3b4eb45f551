import { useId, useState, type MouseEvent } from "react";
import type { UseQueryResult } from "@tanstack/react-query";
import type { Column, Rows } from "../../api/types";
import { CellReader } from "./CellReader";
import { fullText } from "./cells";
import classes from "./DataGrid.module.css";
import { GridHead } from "./GridHead";
import { GridRow } from "./GridRow";
import { useColumnWidths } from "./useColumnWidths";
import { useGridKeys, type Cell } from "./useGridKeys";
import { useGridScroll } from "./useGridScroll";
import { usePagesAround, type View } from "./usePages";

export const ROW_HEIGHT = 28;
const HEAD_HEIGHT = 34;

interface Props {
  label: string;
  artifact: string;
  columns: readonly Column[];
  view: View;
  first: UseQueryResult<Rows>;
  active: Cell | null;
  onActive: (cell: Cell | null) => void;
  onSort: (column: string) => void;
}

/** All rows of a table, of which only those in view are drawn, and asked for. */
export function DataGrid({ label, artifact, columns, view, first, active, onActive, onSort }: Props) {
  const id = useId();
  const rows = first.data?.total ?? 0;
  const gutter = Math.max(44, String(rows).length * 8 + 20);
  const scroll = useGridScroll(rows, ROW_HEIGHT, HEAD_HEIGHT);
  const across = useColumnWidths(columns, first.data?.rows ?? [], scroll.scroller, gutter);
  const pages = usePagesAround(artifact, columns.length, view, first, scroll.seen);
  const [reading, read] = useState<{ cell: Cell; box: DOMRect } | null>(null);

  const boxOf = (cell: Cell) =>
    document.getElementById(`${id}-${cell.row}-${cell.column}`)?.getBoundingClientRect();
  const move = (to: Cell) => {
    read(null);
    onActive(to);
    if (to.row >= 0) scroll.showRow(to.row);
    across.show(to.column);
  };
  const open = (cell: Cell) => {
    const box = boxOf(cell);
    if (box && pages.row(cell.row)) read({ cell, box });
  };
  const valueAt = (cell: Cell) => pages.row(cell.row)?.[cell.column];
  const sortBy = (index: number) => {
    const column = columns[index];
    if (!column) return;
    onSort(column.name);
    scroll.goTo(0);
  };
  const onKeyDown = useGridKeys({
    active,
    rows,
    columns: columns.length,
    rowsAtOnce: scroll.rowsAtOnce,
    move,
    enter: (cell) => (cell.row < 0 ? sortBy(cell.column) : open(cell)),
    copy: (cell) => {
      const text = cell.row < 0 ? columns[cell.column]?.name : fullText(valueAt(cell));
      void navigator.clipboard?.writeText(text ?? "");
    },
    escape: () => (reading ? read(null) : onActive(null)),
    resize: (column, by) => across.resize(column, across.width(column) + by),
  });
  const onClick = (event: MouseEvent) => {
    const target = (event.target as HTMLElement).closest<HTMLElement>("[role=gridcell]");
    if (!target) return;
    const cell = { row: Number(target.dataset.row), column: Number(target.dataset.column) };
    onActive(cell);
    // A text that is cut off is shown whole at once.
    read(
      target.scrollWidth > target.clientWidth && pages.row(cell.row)
        ? { cell, box: target.getBoundingClientRect() }
        : null,
    );
  };

  const [from, to] = scroll.seen;
  return (
    <>
      <div
        ref={scroll.ref}
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={rows + 1}
        aria-colcount={columns.length + 1}
        aria-activedescendant={active ? `${id}-${active.row}-${active.column}` : undefined}
        aria-busy={first.isPlaceholderData}
        className={classes.grid}
        data-stale={first.isPlaceholderData}
        onScroll={(event) => {
          read(null);
          scroll.onScroll(event);
        }}
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        <div
          role="presentation"
          className={classes.sizer}
          style={{ height: HEAD_HEIGHT + scroll.map.height, width: gutter + across.total }}
        >
          <div role="rowgroup" className={classes.heads} style={{ height: HEAD_HEIGHT }}>
            <div role="row" aria-rowindex={1}>
              <div role="columnheader" aria-colindex={1} className={classes.corner} style={{ width: gutter }}>
                <span className={classes.hidden}>Row</span>
              </div>
              {across.items.map(({ index, start, size }) => {
                const column = columns[index];
                return column ? (
                  <GridHead
                    key={index}
                    id={`${id}--1-${index}`}
                    column={column}
                    index={index}
                    left={start}
                    width={size}
                    sorted={sortedAs(view.sort, column.name)}
                    selected={active?.column === index}
                    active={active?.row === -1 && active.column === index}
                    onClick={(clicked) => {
                      onActive({ row: -1, column: clicked });
                      sortBy(clicked);
                    }}
                    onResize={across.resize}
                    onRefit={across.refit}
                  />
                ) : null;
              })}
            </div>
          </div>
          <div role="rowgroup" className={classes.rows}>
            {Array.from({ length: to - from }, (_, place) => from + place).map((index) => (
              <GridRow
                key={index}
                id={id}
                index={index}
                top={scroll.rowTop(index)}
                gutter={gutter}
                columns={columns}
                items={across.items}
                cells={pages.row(index)}
                selectedColumn={active?.column}
                activeColumn={active?.row === index ? active.column : undefined}
              />
            ))}
          </div>
        </div>
      </div>
      {reading ? (
        <CellReader
          box={reading.box}
          column={columns[reading.cell.column]}
          value={valueAt(reading.cell)}
          onClose={() => {
            read(null);
            scroll.scroller.current?.focus({ preventScroll: true });
          }}
        />
      ) : null}
      {pages.failed ? (
        <div role="alert" className={classes.failed}>
          Some rows could not be loaded: {pages.failed.error?.message}
          <button type="button" className={classes.again} onClick={() => void pages.failed?.refetch()}>
            Try again
          </button>
        </div>
      ) : null}
    </>
  );
}

const sortedAs = (sort: string | undefined, name: string) =>
  sort === name ? "ascending" : sort === `-${name}` ? "descending" : undefined;
