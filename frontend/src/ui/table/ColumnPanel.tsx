import { IconArrowLeft, IconFilter } from "@tabler/icons-react";
import type { Column } from "../../api/types";
import { IconButton } from "../IconButton";
import { count } from "../words";
import { ColumnFacts } from "./ColumnFacts";
import { ColumnList } from "./ColumnList";
import classes from "./ColumnPanel.module.css";
import { TypeMark } from "./TypeMark";

interface Props {
  artifact: string;
  columns: readonly Column[];
  selected: number | undefined;
  onSelect: (index: number | undefined) => void;
  onFilter: (column: string) => void;
}

/** Beside the grid: all columns, or what is known of the selected one. */
export function ColumnPanel({ artifact, columns, selected, onSelect, onFilter }: Props) {
  const column = selected === undefined ? undefined : columns[selected];
  if (!column) {
    return (
      <aside className={classes.panel} aria-label="Columns">
        <header className={classes.head}>
          <h3 className={classes.heading}>Columns</h3>
          <span className={classes.gaps}>{count(columns.length)}</span>
        </header>
        <ColumnList artifact={artifact} columns={columns} onChoose={onSelect} />
      </aside>
    );
  }
  return (
    <aside className={classes.panel} aria-label={`Column ${column.name}`}>
      <header className={classes.head}>
        <IconButton label="All columns" onClick={() => onSelect(undefined)}>
          <IconArrowLeft size={16} />
        </IconButton>
        <TypeMark type={column.type} />
        <h3 className={classes.heading} title={column.name}>
          {column.name}
        </h3>
        <IconButton label={`Filter by ${column.name}`} onClick={() => onFilter(column.name)}>
          <IconFilter size={16} />
        </IconButton>
      </header>
      <div className={classes.body}>
        <ColumnFacts artifact={artifact} column={column} />
      </div>
    </aside>
  );
}
