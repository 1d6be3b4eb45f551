import { useVirtualizer } from "@tanstack/react-virtual";
import { useId, useRef, useState, type KeyboardEvent } from "react";
import type { Column } from "../../../../api/types";
import { ColumnRow } from "./ColumnRow";
import classes from "./ColumnsField.module.css";

interface Props {
  label: string;
  found: readonly { column: Column; source: number }[];
  artifact: string | null;
  /** How many columns the table has. */
  many: number;
  /** The column's place in the result, from 1; undefined where it is not in it. */
  placeOf: (name: string) => number | undefined;
  /** Whether the places are to be shown. */
  numbered: boolean;
  readOnly: boolean;
  onSet: (names: string[], on: boolean) => void;
}

const ROW = 28;
const ROWS = 9;

/** A box to tick columns in, by pointer or keys; with Shift, all from the last one on. */
export function ColumnBox({ label, found, artifact, many, placeOf, numbered, readOnly, onSet }: Props) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const [hinted, setHinted] = useState<number | null>(null);
  const virtual = useVirtualizer({
    count: found.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 6,
  });
  const at = Math.min(active, found.length - 1);
  const go = (place: number) => {
    const to = Math.max(0, Math.min(found.length - 1, place));
    setActive(to);
    setHinted(to);
    virtual.scrollToIndex(to);
  };
  const toggle = (place: number, from = place) => {
    const one = found[place];
    if (readOnly || !one) return;
    const these = found.slice(Math.min(from, place), Math.max(from, place) + 1);
    onSet(
      these.map(({ column }) => column.name),
      placeOf(one.column.name) === undefined,
    );
    setActive(place);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + ROWS,
      PageUp: at - ROWS,
      Home: 0,
      End: found.length - 1,
    };
    const to = steps[event.key];
    if (to !== undefined) go(to);
    else if (event.key === " " || event.key === "Enter") toggle(at);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  if (found.length === 0) return <p className={classes.nothing}>No column has this name or type.</p>;
  return (
    <div
      ref={scroller}
      role="listbox"
      aria-label={label}
      aria-multiselectable
      aria-readonly={readOnly || undefined}
      aria-activedescendant={`${id}-${at}`}
      tabIndex={0}
      className={classes.box}
      style={{ height: Math.min(found.length, ROWS) * ROW + (found.length > ROWS ? ROW / 2 : 0) + 2 }}
      onKeyDown={onKeyDown}
      onFocus={(event) => event.currentTarget.matches(":focus-visible") && setHinted(at)}
      onBlur={() => setHinted(null)}
      onMouseLeave={() => setHinted(null)}
      onScroll={() => setHinted(null)}
    >
      <div style={{ height: virtual.getTotalSize(), position: "relative" }} role="presentation">
        {virtual.getVirtualItems().map(({ index: place, start }) => {
          const one = found[place];
          return one ? (
            <ColumnRow
              key={one.source}
              id={`${id}-${place}`}
              column={one.column}
              artifact={artifact}
              many={many}
              source={one.source}
              set={{ at: place + 1, of: found.length }}
              place={placeOf(one.column.name)}
              numbered={numbered}
              active={place === at}
              hinted={place === hinted}
              top={start}
              onPoint={() => setHinted(place)}
              onToggle={(shift) => toggle(place, shift ? at : place)}
            />
          ) : null;
        })}
      </div>
    </div>
  );
}
