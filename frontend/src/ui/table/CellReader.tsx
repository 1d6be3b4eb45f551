import { CopyButton, Portal } from "@mantine/core";
import { useClickOutside } from "@mantine/hooks";
import { IconCheck, IconCopy, IconX } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import type { Column } from "../../api/types";
import { IconButton } from "../IconButton";
import { plural } from "../words";
import { fullText } from "./cells";
import classes from "./CellReader.module.css";

interface Props {
  /** Where the cell is in the window. */
  box: DOMRect;
  column: Column | undefined;
  value: unknown;
  onClose: () => void;
}

const WIDTH = 420;
const HEIGHT = 280;

/** One cell's whole value, beside the cell. */
export function CellReader({ box, column, value, onClose }: Props) {
  const text = fullText(value);
  const outside = useClickOutside<HTMLDivElement>(onClose);
  const body = useRef<HTMLPreElement>(null);
  useEffect(() => body.current?.focus({ preventScroll: true }), []);
  const left = Math.max(8, Math.min(box.left - 1, window.innerWidth - WIDTH - 8));
  const below = box.top + HEIGHT < window.innerHeight - 8;
  return (
    <Portal>
      <div
        ref={outside}
        role="dialog"
        aria-label={`Value of ${column?.name ?? "the cell"}`}
        className={classes.reader}
        style={{
          left,
          width: WIDTH,
          maxHeight: HEIGHT,
          ...(below ? { top: box.top - 1 } : { bottom: window.innerHeight - box.bottom - 1 }),
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape" || event.key === "Enter") {
            event.preventDefault();
            event.stopPropagation();
            onClose();
          }
        }}
      >
        <header className={classes.head}>
          <span className={classes.name}>{column?.name}</span>
          <span className={classes.size}>
            {value === null || value === undefined ? "missing" : plural(text.length, "character")}
          </span>
          <CopyButton value={text}>
            {({ copied, copy }) => (
              <IconButton label={copied ? "Copied" : "Copy the value"} onClick={copy}>
                {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              </IconButton>
            )}
          </CopyButton>
          <IconButton label="Close" onClick={onClose}>
            <IconX size={16} />
          </IconButton>
        </header>
        <pre ref={body} tabIndex={0} className={classes.text}>
          {text || (value === "" ? "An empty text." : "There is no value here.")}
        </pre>
      </div>
    </Portal>
  );
}
