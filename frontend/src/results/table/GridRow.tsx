import { memo } from "react";
import type { Column } from "../../api/types";
import { cellText, isNumeric, isText } from "./cells";
import { blockOf, placeIn } from "./columnBlocks";
import type { ShownColumn } from "./columnLayout";
import classes from "./DataGrid.module.css";
import type { ColumnBox } from "./useColumnWidths";

interface Props {
  id: string;
  index: number;
  top: number;
  gutter: number;
  /** Width of what does not scroll sideways. */
  frozen: number;
  /** How many columns the table has. */
  many: number;
  shown: readonly ShownColumn[];
  pinned: readonly ColumnBox[];
  moving: readonly ColumnBox[];
  /** The row's cells, a part for each block of columns; undefined while it is on its way. */
  parts: readonly (readonly unknown[] | undefined)[];
  /** Columns of dates without times. */
  days: ReadonlySet<number>;
  selectedColumn: number | undefined;
  /** The column of the cell that has the focus, where it is in this row. */
  activeColumn: number | undefined;
  /** First and last column of the range that is chosen, where it crosses this row. */
  chosenFrom: number | undefined;
  chosenTo: number | undefined;
}

export const GridRow = memo(function GridRow(props: Props) {
  const { index, top, gutter, frozen, pinned, moving, activeColumn } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={classes.row}
      data-active={activeColumn !== undefined}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div role="presentation" className={classes.frozen} style={{ width: frozen }}>
        <div role="rowheader" aria-colindex={1} className={classes.number} style={{ width: gutter }}>
          {index + 1}
        </div>
        {pinned.map((box) => (
          <GridCell key={box.index} box={box} row={props} />
        ))}
      </div>
      {moving.map((box) => (
        <GridCell key={box.index} box={box} row={props} />
      ))}
    </div>
  );
}, same);

function GridCell({ box: { index: place, left, width }, row }: { box: ColumnBox; row: Props }) {
  const found = row.shown[place];
  if (!found) return null;
  const type = found.column.type;
  const part = row.parts[blockOf(row.many, found.source)];
  return (
    <div
      id={`${row.id}-${row.index}-${place}`}
      role="gridcell"
      aria-colindex={place + 2}
      className={classes.cell}
      data-row={row.index}
      data-column={place}
      data-numeric={isNumeric(type)}
      data-text={isText(type)}
      data-selected={place === row.selectedColumn}
      data-active={place === row.activeColumn}
      data-chosen={row.chosenFrom !== undefined && place >= row.chosenFrom && place <= (row.chosenTo ?? -1)}
      style={{ left, width }}
    >
      {part ? (
        <CellText value={part[placeIn(row.many, found.source)]} type={type} days={row.days.has(place)} />
      ) : (
        <span className={classes.waiting} />
      )}
    </div>
  );
}

function CellText({ value, type, days }: { value: unknown; type: Column["type"]; days: boolean }) {
  if (value === null || value === undefined) return <span className={classes.missing}>missing</span>;
  if (value === "") return <span className={classes.missing}>empty text</span>;
  return cellText(value, type, days);
}

/** Lists made anew of the same things are the same. */
function same(before: Props, after: Props): boolean {
  return (Object.keys(after) as (keyof Props)[]).every((name) => {
    const [one, other] = [before[name], after[name]];
    if (name === "pinned" || name === "moving") return sameBoxes(before[name], after[name]);
    if (name === "parts") {
      return (
        before.parts.length === after.parts.length &&
        before.parts.every((part, at) => part === after.parts[at])
      );
    }
    return Object.is(one, other);
  });
}

const sameBoxes = (before: readonly ColumnBox[], after: readonly ColumnBox[]): boolean =>
  before.length === after.length &&
  before.every((box, at) => {
    const other = after[at];
    return box.index === other?.index && box.left === other.left && box.width === other.width;
  });
