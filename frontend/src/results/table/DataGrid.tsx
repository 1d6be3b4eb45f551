import type { UseQueryResult } from "@tanstack/react-query";
import { useEffect, useId, useMemo, useState } from "react";
import type { RowOrder, Rows } from "../../api/types";
import { CodeText } from "../../ui/CodeText";
import { CellReader } from "./CellReader";
import type { ShownColumn } from "./columnLayout";
import { rangeOf } from "./copying";
import classes from "./DataGrid.module.css";
import { GridHead } from "./GridHead";
import { GridRow } from "./GridRow";
import { useCellPointer } from "./useCellPointer";
import { useColumnWidths, type ColumnBox } from "./useColumnWidths";
import { useCopyCells } from "./useCopyCells";
import { useGridKeys, type Cell } from "./useGridKeys";
import { useGridScroll } from "./useGridScroll";
import { usePagesAround, type View } from "./usePages";

const ROW_HEIGHT = 28;
const HEAD_HEIGHT = 34;
const SUMMARY_HEIGHT = 42;

interface Props {
  label: string;
  artifact: string;
  /** How many columns the table has. */
  many: number;
  shown: readonly ShownColumn[];
  view: View;
  first: UseQueryResult<Rows>;
  active: Cell | null;
  onActive: (cell: Cell | null) => void;
  onSort: (column: string) => void;
  /** The menu of a shown column was asked for, below this box. */
  onMenu: (place: number, at: DOMRect) => void;
  /** A column was dropped on another; both are places in the table. */
  onMove: (source: number, target: number) => void;
  /** Each head shows its column's shape. */
  summaries: boolean;
}

/** All rows of a table, of which only those in view are drawn, and asked for. */
export function DataGrid(props: Props) {
  const { label, artifact, many, shown, view, first, active, onActive, onSort, summaries } = props;
  const id = useId();
  const rows = first.data?.total ?? 0;
  const gutter = Math.max(44, String(rows).length * 8 + 20);
  const head = HEAD_HEIGHT + (summaries ? SUMMARY_HEIGHT : 0);
  const scroll = useGridScroll(rows, ROW_HEIGHT, head);
  const across = useColumnWidths(shown, first.data?.rows ?? [], scroll.scroller, gutter);
  const drawn = [...across.pinned, ...across.moving];
  const sources = drawn.map(({ index }) => shown[index]?.source ?? 0);
  const pages = usePagesAround(artifact, many, view, first, scroll.seen, sources);
  const dayColumns = drawn.filter(({ index }) => pages.days(shown[index]?.source ?? 0));
  const daysKey = dayColumns.map(({ index }) => index).join();
  const days = useMemo(() => new Set(daysKey ? daysKey.split(",").map(Number) : []), [daysKey]);
  const [reading, read] = useState<{ cell: Cell; box: DOMRect } | null>(null);
  const [corner, setCorner] = useState<Cell | null>(null);

  const range = active && active.row >= 0 ? rangeOf(corner ?? active, active) : null;
  const boxOf = (cell: Cell) =>
    document.getElementById(`${id}-${cell.row}-${cell.column}`)?.getBoundingClientRect();
  const valueAt = (cell: Cell) => pages.cell(cell.row, shown[cell.column]?.source ?? 0);
  const move = (to: Cell, extend: boolean) => {
    read(null);
    setCorner(extend ? (corner ?? active) : null);
    onActive(to);
    if (to.row >= 0) scroll.showRow(to.row);
    across.show(to.column);
  };
  const open = (cell: Cell) => {
    const box = boxOf(cell);
    if (box && valueAt(cell) !== undefined) read({ cell, box });
  };
  const sortBy = (index: number) => {
    const column = shown[index]?.column;
    if (!column) return;
    onSort(column.name);
    scroll.goTo(0);
  };
  const copy = useCopyCells({ artifact, many, shown, view, cell: pages.cell });
  const onKeyDown = useGridKeys({
    active,
    rows,
    columns: shown.length,
    rowsAtOnce: scroll.rowsAtOnce,
    move,
    enter: (cell) => (cell.row < 0 ? sortBy(cell.column) : open(cell)),
    copy: (withNames) => void copy(range, active?.column, withNames),
    chooseAll: () => {
      setCorner({ row: 0, column: 0 });
      onActive({ row: rows - 1, column: shown.length - 1 });
    },
    menu: (column) => {
      const box = boxOf({ row: -1, column });
      if (box) props.onMenu(column, box);
    },
    escape: () => {
      if (reading) read(null);
      else if (corner) setCorner(null);
      else onActive(null);
    },
    resize: (column, by) => across.resize(column, across.width(column) + by),
  });
  const pointer = useCellPointer({
    active,
    choose: (cell, extend) => {
      setCorner(extend ? (corner ?? active) : null);
      onActive(cell);
    },
    // A text that is cut off is shown whole at once.
    click: (cell, target) =>
      read(
        target.scrollWidth > target.clientWidth && valueAt(cell) !== undefined
          ? { cell, box: target.getBoundingClientRect() }
          : null,
      ),
  });

  const heads = (boxes: readonly ColumnBox[]) =>
    boxes.map((box) => {
      const one = shown[box.index];
      return one ? (
        <GridHead
          key={one.source}
          id={`${id}--1-${box.index}`}
          artifact={artifact}
          many={many}
          shown={one}
          box={box}
          sorted={sortedAs(view.sort, one.column.name)}
          selected={active?.column === box.index}
          active={active?.row === -1 && active.column === box.index}
          summaries={summaries}
          onClick={() => {
            setCorner(null);
            onActive({ row: -1, column: box.index });
          }}
          onSort={() => {
            onActive({ row: -1, column: box.index });
            sortBy(box.index);
          }}
          onMenu={(at) => props.onMenu(box.index, at)}
          onMove={props.onMove}
          onResize={(pixels) => across.resize(box.index, pixels)}
          onRefit={() => across.refit(box.index)}
        />
      ) : null;
    });

  const column = active?.column;
  useEffect(() => {
    if (column !== undefined) across.show(column); // it may have been chosen in the list beside the grid
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [column]);

  const [from, to] = scroll.seen;
  return (
    <>
      <div
        ref={scroll.ref}
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={rows + 1}
        aria-colcount={shown.length + 1}
        aria-multiselectable
        aria-activedescendant={active ? `${id}-${active.row}-${active.column}` : undefined}
        aria-busy={first.isPlaceholderData}
        className={classes.grid}
        data-stale={first.isPlaceholderData}
        onScroll={(event) => {
          read(null);
          scroll.onScroll(event);
        }}
        onKeyDown={onKeyDown}
        {...pointer}
      >
        <div
          role="presentation"
          className={classes.sizer}
          style={{ height: head + scroll.map.height, width: across.total }}
        >
          <div role="rowgroup" className={classes.heads} style={{ height: head }}>
            <div role="row" aria-rowindex={1}>
              <div
                role="presentation"
                className={classes.frozen}
                style={{ width: across.frozen, height: head }}
              >
                <div
                  role="columnheader"
                  aria-colindex={1}
                  className={classes.corner}
                  style={{ width: gutter }}
                >
                  <span className={classes.hidden}>Row</span>
                </div>
                {heads(across.pinned)}
              </div>
              {heads(across.moving)}
            </div>
          </div>
          <div role="rowgroup" className={classes.rows} style={{ top: head }}>
            {Array.from({ length: to - from }, (_, place) => from + place).map((index) => {
              const crossed = corner && range && index >= range.rows[0] && index <= range.rows[1];
              return (
                <GridRow
                  // A row that leaves the view becomes the one that comes in: new ones by the thousand fill the memory.
                  key={index % (to - from)}
                  id={id}
                  index={index}
                  top={scroll.rowTop(index)}
                  gutter={gutter}
                  frozen={across.frozen}
                  many={many}
                  shown={shown}
                  pinned={across.pinned}
                  moving={across.moving}
                  parts={pages.row(index)}
                  days={days}
                  selectedColumn={active?.column}
                  activeColumn={active?.row === index ? active.column : undefined}
                  chosenFrom={crossed ? range.columns[0] : undefined}
                  chosenTo={crossed ? range.columns[1] : undefined}
                />
              );
            })}
          </div>
        </div>
      </div>
      {reading ? (
        <CellReader
          artifact={artifact}
          many={many}
          view={view}
          row={reading.cell.row}
          box={reading.box}
          shown={shown[reading.cell.column]}
          value={valueAt(reading.cell)}
          days={days.has(reading.cell.column)}
          onClose={() => {
            read(null);
            scroll.scroller.current?.focus({ preventScroll: true });
          }}
        />
      ) : null}
      {pages.failed ? (
        <div role="alert" className={classes.failed}>
          Some rows could not be loaded: <CodeText>{pages.failed.error?.message ?? ""}</CodeText>
          <button type="button" className={classes.again} onClick={() => void pages.failed?.refetch()}>
            Try again
          </button>
        </div>
      ) : null}
    </>
  );
}

const sortedAs = (sort: RowOrder | undefined, name: string) =>
  sort?.column !== name ? undefined : sort.descending ? "descending" : "ascending";
