import { Tooltip } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import type { Column } from "../../../../api/types";
import { TypeMark } from "../../../../results/table/TypeMark";
import { ColumnBrief } from "./ColumnBrief";
import { ColumnHint } from "./ColumnHint";
import classes from "./ColumnsField.module.css";

interface Props {
  id: string;
  column: Column;
  artifact: string | null;
  many: number;
  source: number;
  set: { at: number; of: number };
  place: number | undefined;
  numbered: boolean;
  active: boolean;
  hinted: boolean;
  top: number;
  onPoint: () => void;
  onToggle: (shift: boolean) => void;
}

const REST_MS = 250;

/** One column: whether it is in, what it is, and a glimpse of what it holds. */
export function ColumnRow(props: Props) {
  const { column, artifact, many, source, set, place, numbered, active, hinted, top } = props;
  const { onPoint, onToggle } = props;
  const waiting = useRef(0);
  useEffect(() => () => window.clearTimeout(waiting.current), []);
  const on = place !== undefined;
  const row = (
    <div
      id={props.id}
      role="option"
      aria-selected={on}
      aria-setsize={set.of}
      aria-posinset={set.at}
      className={classes.option}
      data-active={active}
      style={{ transform: `translateY(${top}px)` }}
      onClick={(event) => onToggle(event.shiftKey)}
      onMouseEnter={() => (waiting.current = window.setTimeout(onPoint, REST_MS))}
      onMouseLeave={() => window.clearTimeout(waiting.current)}
    >
      <span className={classes.tick} data-on={on} aria-hidden>
        {on ? numbered ? place : <IconCheck size={12} stroke={3} /> : null}
      </span>
      <TypeMark type={column.type} size={15} />
      <span className={classes.name}>{column.name}</span>
      {artifact ? <ColumnBrief artifact={artifact} many={many} source={source} /> : null}
    </div>
  );
  if (!hinted || !artifact) return row;
  return (
    <Tooltip
      opened
      position="left"
      offset={16}
      classNames={{ tooltip: classes.hint ?? "" }}
      label={<ColumnHint column={column} artifact={artifact} many={many} source={source} />}
    >
      {row}
    </Tooltip>
  );
}
