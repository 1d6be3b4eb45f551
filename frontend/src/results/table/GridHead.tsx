import { IconArrowDown, IconArrowsSort, IconArrowUp, IconDots } from "@tabler/icons-react";
import type { DragEvent, PointerEvent } from "react";
import { followPointer } from "../../ui/followPointer";
import { isNumeric } from "./cells";
import type { ShownColumn } from "./columnLayout";
import classes from "./DataGrid.module.css";
import { HeadSummary } from "./HeadSummary";
import { TypeMark, typeWord } from "./TypeMark";
import type { ColumnBox } from "./useColumnWidths";

/** What a drag of a column's head carries. */
const DRAGGED = "application/x-studio-column";

/** Pixels left and right of what is in a head. */
const PADDING = 24;

interface Props {
  id: string;
  artifact: string;
  /** How many columns the table has. */
  many: number;
  shown: ShownColumn;
  box: ColumnBox;
  /** As the rows are ordered by this column. */
  sorted: "ascending" | "descending" | undefined;
  selected: boolean;
  active: boolean;
  summaries: boolean;
  onClick: () => void;
  onSort: () => void;
  onMenu: (at: DOMRect) => void;
  onMove: (source: number, target: number) => void;
  onResize: (pixels: number) => void;
  onRefit: () => void;
}

/** What the arrow does: up, down, as they were. */
const sortLabel = (name: string, sorted: Props["sorted"]): string =>
  sorted === "descending" ? `Stop sorting by ${name}` : `Sort by ${name}${sorted ? ", descending" : ""}`;

/** A column's name, type and shape. A click selects the column; its arrow orders the rows by it. */
export function GridHead(props: Props) {
  const { id, artifact, many, shown, box, sorted, selected, active, summaries, onClick, onMenu } = props;
  const { column, source, pinned } = shown;
  const Arrow = !sorted ? IconArrowsSort : sorted === "descending" ? IconArrowDown : IconArrowUp;
  const drop = (event: DragEvent) => {
    const from = Number(event.dataTransfer.getData(DRAGGED) || Number.NaN);
    if (Number.isNaN(from)) return;
    event.preventDefault();
    props.onMove(from, source);
  };
  return (
    <div
      id={id}
      role="columnheader"
      aria-colindex={box.index + 2}
      aria-sort={sorted ?? "none"}
      aria-label={`${column.name}, ${typeWord(column.type)}${pinned ? ", pinned" : ""}`}
      className={classes.head}
      data-selected={selected}
      data-active={active}
      data-numeric={isNumeric(column.type)}
      style={{ left: box.left, width: box.width }}
      title={column.note ? `${column.name}\n${column.note}` : column.name}
      draggable
      onDragStart={(event) => event.dataTransfer.setData(DRAGGED, String(source))}
      onDragOver={(event) => event.dataTransfer.types.includes(DRAGGED) && event.preventDefault()}
      onDrop={drop}
      onClick={onClick}
      onContextMenu={(event) => {
        event.preventDefault();
        onMenu(event.currentTarget.getBoundingClientRect());
      }}
    >
      <div className={classes.title}>
        <span className={classes.mark}>
          <TypeMark type={column.type} />
        </span>
        <span className={classes.name}>{column.name}</span>
        {/* For the mouse; by keyboard Enter sorts, and the menu opens with Shift and F10. */}
        <span className={classes.tools} data-sorted={sorted !== undefined}>
          <button
            type="button"
            tabIndex={-1}
            className={classes.arrow}
            aria-label={sortLabel(column.name, sorted)}
            title={sortLabel(column.name, sorted)}
            onClick={(event) => {
              event.stopPropagation();
              props.onSort();
            }}
          >
            <Arrow size={14} aria-hidden />
          </button>
          <span
            className={classes.more}
            aria-hidden
            onClick={(event) => {
              event.stopPropagation();
              const head = event.currentTarget.closest("[role=columnheader]");
              if (head) onMenu(head.getBoundingClientRect());
            }}
          >
            <IconDots size={14} />
          </span>
        </span>
      </div>
      {summaries ? (
        <HeadSummary artifact={artifact} many={many} source={source} width={box.width - PADDING} />
      ) : null}
      <ResizeHandle width={box.width} onResize={props.onResize} onRefit={props.onRefit} />
    </div>
  );
}

interface HandleProps {
  width: number;
  onResize: (pixels: number) => void;
  onRefit: () => void;
}

/** For the mouse; by keyboard a column is resized with Alt and the arrow keys. */
function ResizeHandle({ width, onResize, onRefit }: HandleProps) {
  const onPointerDown = (event: PointerEvent<HTMLSpanElement>) => {
    event.preventDefault();
    event.stopPropagation();
    const start = event.clientX;
    followPointer(event, {
      move: ({ clientX }) => onResize(width + clientX - start),
      undo: () => onResize(width),
    });
  };
  return (
    <span
      className={classes.resize}
      aria-hidden
      draggable
      onDragStart={(event) => {
        event.preventDefault();
        event.stopPropagation();
      }}
      onPointerDown={onPointerDown}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => {
        event.stopPropagation();
        onRefit();
      }}
    />
  );
}
