import {
  IconArrowLeft,
  IconChartBar,
  IconEyeOff,
  IconFilter,
  IconPin,
  IconPinnedOff,
} from "@tabler/icons-react";
import type { Column } from "../../api/types";
import { IconButton } from "../../ui/IconButton";
import { count } from "../../ui/words";
import { ColumnFacts } from "./ColumnFacts";
import type { ColumnLayout } from "./columnLayout";
import { ColumnList } from "./ColumnList";
import classes from "./ColumnPanel.module.css";
import { isNarrowed, rowsText, usePassing } from "./passing";
import { TypeMark } from "./TypeMark";

interface Props {
  artifact: string;
  columns: readonly Column[];
  layout: ColumnLayout;
  /** The selected column's place in the table. */
  selected: number | undefined;
  onSelect: (source: number | undefined) => void;
  onFilter: (column: string) => void;
  onDraw: (column: string) => void;
  onToggle: (source: number) => void;
  onTogglePin: (source: number) => void;
  onShowAll: () => void;
}

/** Says which rows the figures below are of, where these are not all. */
function OfRows() {
  const passing = usePassing();
  return isNarrowed(passing) ? <p className={classes.ofRows}>Of {rowsText(passing)}</p> : null;
}

/** Beside the grid: all columns, or what is known of the selected one. */
export function ColumnPanel(props: Props) {
  const { artifact, columns, layout, selected, onSelect, onFilter, onDraw } = props;
  const column = selected === undefined ? undefined : columns[selected];
  if (!column || selected === undefined) {
    return (
      <aside className={classes.panel} aria-label="Columns">
        <header className={classes.head}>
          <h2 className={classes.heading}>Columns</h2>
          <span className={classes.gaps}>{count(columns.length)}</span>
        </header>
        <OfRows />
        <ColumnList
          artifact={artifact}
          columns={columns}
          layout={layout}
          onChoose={onSelect}
          onToggle={props.onToggle}
          onTogglePin={props.onTogglePin}
          onShowAll={props.onShowAll}
        />
      </aside>
    );
  }
  const pinned = layout.pinned.includes(selected);
  return (
    <aside className={classes.panel} aria-label={`Column ${column.name}`}>
      <header className={classes.head}>
        <IconButton label="All columns" onClick={() => onSelect(undefined)}>
          <IconArrowLeft size={16} />
        </IconButton>
        <TypeMark type={column.type} />
        <h2 className={classes.heading} title={column.name}>
          {column.name}
        </h2>
        <span className={classes.tools}>
          <IconButton label={`Draw ${column.name}`} onClick={() => onDraw(column.name)}>
            <IconChartBar size={16} />
          </IconButton>
          <IconButton label={`Filter by ${column.name}`} onClick={() => onFilter(column.name)}>
            <IconFilter size={16} />
          </IconButton>
          <IconButton
            label={pinned ? "Unpin" : "Pin to the left"}
            onClick={() => props.onTogglePin(selected)}
          >
            {pinned ? <IconPinnedOff size={16} /> : <IconPin size={16} />}
          </IconButton>
          <IconButton label={`Hide ${column.name}`} onClick={() => props.onToggle(selected)}>
            <IconEyeOff size={16} />
          </IconButton>
        </span>
      </header>
      <OfRows />
      <div className={classes.body}>
        <ColumnFacts artifact={artifact} many={columns.length} source={selected} column={column} />
      </div>
    </aside>
  );
}
