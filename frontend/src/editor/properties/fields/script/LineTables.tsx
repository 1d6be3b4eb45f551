import { IconX } from "@tabler/icons-react";
import type { LineValue } from "../../../../api/types";
import { IconButton } from "../../../../ui/IconButton";
import { HeadTable } from "./ShownValues";
import { lineText } from "./lineText";
import classes from "./Script.module.css";

/** The first rows of the tables that a line made. */
export function LineTables({ line, onClose }: { line: LineValue; onClose: () => void }) {
  const tables = line.values.filter(({ head }) => head !== null);
  return (
    <section className={classes.frames} aria-label={`Line ${line.line}`}>
      <div className={classes.titleRow}>
        <p className={classes.title}>
          Line {line.line}: {lineText(line)}
        </p>
        <IconButton label="Close the rows of this line" size={24} onClick={onClose}>
          <IconX size={14} />
        </IconButton>
      </div>
      {tables.map((table) => (
        <HeadTable key={table.name} value={table} />
      ))}
    </section>
  );
}
