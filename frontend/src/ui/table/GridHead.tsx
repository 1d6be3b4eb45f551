import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useRef, type PointerEvent } from "react";
import type { Column } from "../../api/types";
import { isNumeric } from "./cells";
import classes from "./DataGrid.module.css";
import { TypeMark, typeWord } from "./TypeMark";

interface Props {
  id: string;
  column: Column;
  index: number;
  left: number;
  width: number;
  /** As the rows are ordered by this column. */
  sorted: "ascending" | "descending" | undefined;
  selected: boolean;
  active: boolean;
  onClick: (index: number) => void;
  onResize: (index: number, pixels: number) => void;
  onRefit: (index: number) => void;
}

/** A column's name and type. A click orders the rows by it: up, down, as they were. */
export function GridHead(props: Props) {
  const { id, column, index, left, width, sorted, selected, active, onClick, onResize, onRefit } = props;
  const Arrow = sorted === "descending" ? IconArrowDown : IconArrowUp;
  return (
    <div
      id={id}
      role="columnheader"
      aria-colindex={index + 2}
      aria-sort={sorted ?? "none"}
      aria-label={`${column.name}, ${typeWord(column.type)}`}
      className={classes.head}
      data-selected={selected}
      data-active={active}
      data-numeric={isNumeric(column.type)}
      style={{ left, width }}
      title={column.note ? `${column.name}\n${column.note}` : column.name}
      onClick={() => onClick(index)}
    >
      <span className={classes.mark}>
        <TypeMark type={column.type} />
      </span>
      <span className={classes.name}>{column.name}</span>
      {sorted ? <Arrow size={14} aria-hidden className={classes.arrow} /> : null}
      <ResizeHandle
        width={width}
        onResize={(pixels) => onResize(index, pixels)}
        onRefit={() => onRefit(index)}
      />
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
  const start = useRef({ x: 0, width });
  const onPointerDown = (event: PointerEvent<HTMLSpanElement>) => {
    event.preventDefault();
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, width };
  };
  return (
    <span
      className={classes.resize}
      aria-hidden
      onPointerDown={onPointerDown}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        onResize(start.current.width + event.clientX - start.current.x);
      }}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => {
        event.stopPropagation();
        onRefit();
      }}
    />
  );
}
