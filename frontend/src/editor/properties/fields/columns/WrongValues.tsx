import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import classes from "./ColumnsField.module.css";
import type { WrongValue } from "./pick";

interface Props {
  wrong: readonly Omit<WrongValue, "rule">[];
  onReplace: (value: string, instead: string) => void;
}

const SHOWN = 4;

/** What means no column of this table, with what may have been meant. */
export function WrongValues({ wrong, onReplace }: Props) {
  if (wrong.length === 0) return null;
  return (
    <ul className={classes.wrong} role="status" aria-label="Not in this table">
      {wrong.slice(0, SHOWN).map(({ value, message, instead }) => (
        <li key={value}>
          <IconAlertTriangle size={14} aria-hidden />
          <span>{message}</span>
          {instead ? (
            <Button size="compact-xs" variant="default" onClick={() => onReplace(value, instead)}>
              Take “{instead}”
            </Button>
          ) : null}
        </li>
      ))}
      {wrong.length > SHOWN ? <li>And {wrong.length - SHOWN} more.</li> : null}
    </ul>
  );
}
