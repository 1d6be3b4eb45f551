import { CopyButton, Portal } from "@mantine/core";
import { useClickOutside } from "@mantine/hooks";
import { IconCheck, IconCopy, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { rowsQuery } from "../../api/artifacts";
import { IconButton } from "../../ui/IconButton";
import { plural } from "../../ui/words";
import { dayText, fullText, isCut } from "./cells";
import classes from "./CellReader.module.css";
import { placeIn, windowOf, blockOf } from "./columnBlocks";
import type { ShownColumn } from "./columnLayout";
import { LongText } from "./LongText";
import type { View } from "./usePages";

interface Props {
  artifact: string;
  many: number;
  view: View;
  row: number;
  /** Where the cell is in the window. */
  box: DOMRect;
  shown: ShownColumn | undefined;
  value: unknown;
  /** It is one of a column of dates without times. */
  days: boolean;
  onClose: () => void;
}

const WIDTH = 420;
const HEIGHT = 280;

/** One cell's whole value, beside the cell. A page holds the start of a long text; the rest is asked for here. */
export function CellReader({ artifact, many, view, row, box, shown, value, days, onClose }: Props) {
  const source = shown?.source ?? 0;
  const asked = { offset: row, limit: 1, whole: true, ...view, ...windowOf(many, blockOf(many, source)) };
  const whole = useQuery({ ...rowsQuery(artifact, asked), enabled: isCut(value), gcTime: 0 });
  const text = (days ? dayText : fullText)(whole.data ? whole.data.rows[0]?.[placeIn(many, source)] : value);
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
        aria-label={`Value of ${shown?.column.name ?? "the cell"}`}
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
        <div className={classes.head}>
          <span className={classes.name}>{shown?.column.name}</span>
          <span className={classes.size} role="status">
            {value === null || value === undefined
              ? "missing"
              : whole.isFetching
                ? "reading it all…"
                : plural(text.length, "character")}
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
        </div>
        <pre ref={body} tabIndex={0} className={classes.text}>
          {text ? <LongText text={text} /> : value === "" ? "Empty text." : "There is no value here."}
        </pre>
      </div>
    </Portal>
  );
}
