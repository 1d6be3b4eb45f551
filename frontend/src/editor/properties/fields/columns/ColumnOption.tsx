import { IconCheck } from "@tabler/icons-react";
import type { Column } from "../../../../api/types";
import { TypeMark, typeWord } from "../../../../results/table/TypeMark";
import classes from "./ColumnsField.module.css";

interface Props {
  name: string;
  columns: readonly Column[];
  checked?: boolean;
}

/** A column where one is chosen by its name. */
export function ColumnOption({ name, columns, checked = false }: Props) {
  const type = columns.find((column) => column.name === name)?.type;
  return (
    <span className={classes.choice}>
      {type ? <TypeMark type={type} size={15} /> : null}
      <span className={classes.name}>{name}</span>
      {type ? <span className={classes.quiet}>{typeWord(type)}</span> : null}
      {checked ? <IconCheck size={14} aria-hidden /> : null}
    </span>
  );
}
