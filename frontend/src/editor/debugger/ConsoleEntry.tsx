import { IconDeviceFloppy } from "@tabler/icons-react";
import { IconButton } from "../../ui/IconButton";
import { ask, type Entry } from "./consoleState";
import { FrameTable } from "./FrameTable";
import classes from "./Console.module.css";

interface Props {
  node: string;
  entry: Entry;
  onKeep: (() => void) | null;
  /** A picture has its size only once it is decoded. */
  onGrow: (() => void) | undefined;
}

/** What was typed, and what came of it. */
export function ConsoleEntry({ node, entry, onKeep, onGrow }: Props) {
  const { table } = entry;
  return (
    <li className={classes.entry}>
      <div className={classes.typed}>
        <pre className={classes.code}>{entry.code}</pre>
        {onKeep ? (
          <IconButton label="Keep this as script" size={24} onClick={onKeep}>
            <IconDeviceFloppy size={13} />
          </IconButton>
        ) : null}
      </div>
      {entry.output ? <pre className={classes.output}>{entry.output}</pre> : null}
      {entry.result ? <pre className={classes.output}>{entry.result}</pre> : null}
      {table ? (
        <FrameTable
          label="the result"
          first={table}
          page={(offset, limit) => ask(node, "table", { reference: table.reference, offset, limit })}
        />
      ) : null}
      {entry.pictures.map((picture, at) => (
        <img
          key={at}
          className={classes.picture}
          src={`data:image/png;base64,${picture}`}
          alt={`Figure ${at + 1}`}
          onLoad={onGrow}
        />
      ))}
      {entry.error ? <pre className={classes.error}>{entry.error}</pre> : null}
    </li>
  );
}
