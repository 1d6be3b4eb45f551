import { Button } from "@mantine/core";
import { IconEye, IconEyeOff, IconPin, IconPinFilled } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef, useState, type ReactNode } from "react";
import type { Column } from "../../api/types";
import { SearchBox } from "../../ui/SearchBox";
import { plural } from "../../ui/words";
import type { ColumnLayout } from "./columnLayout";
import classes from "./ColumnPanel.module.css";
import { shareText } from "./shares";
import { TypeMark } from "./TypeMark";
import { useColumnSummary } from "./useColumnSummary";

interface Props {
  artifact: string;
  columns: readonly Column[];
  layout: ColumnLayout;
  onChoose: (source: number) => void;
  onToggle: (source: number) => void;
  onTogglePin: (source: number) => void;
  onShowAll: () => void;
}

const ROW = 30;
/** From how many columns on a search is worth its place. */
const MANY = 12;

/** All columns by name, with how many values are missing; a click goes there. */
export function ColumnList({ artifact, columns, layout, onChoose, onToggle, onTogglePin, onShowAll }: Props) {
  const [search, setSearch] = useState("");
  const scroller = useRef<HTMLDivElement>(null);
  const wanted = search.trim().toLowerCase();
  const found = columns
    .map((column, source) => ({ column, source }))
    .filter(({ column }) => column.name.toLowerCase().includes(wanted));
  const virtual = useVirtualizer({
    count: found.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 6,
  });
  return (
    <>
      {columns.length >= MANY ? (
        <div className={classes.search}>
          <SearchBox compact label="Find a column" value={search} onChange={setSearch} />
        </div>
      ) : null}
      {layout.hidden.size > 0 ? (
        <div className={classes.hiddenOnes}>
          <span>{plural(layout.hidden.size, "column")} hidden</span>
          <Button variant="subtle" size="compact-xs" onClick={onShowAll}>
            Show all
          </Button>
        </div>
      ) : null}
      <div ref={scroller} className={classes.list} role="list" aria-label="Columns">
        <div style={{ height: virtual.getTotalSize(), position: "relative" }} role="presentation">
          {virtual.getVirtualItems().map(({ index: place, start }) => {
            const one = found[place];
            if (!one) return null;
            const { column, source } = one;
            const hidden = layout.hidden.has(source);
            const pinned = layout.pinned.includes(source);
            return (
              <div
                key={source}
                role="listitem"
                className={classes.item}
                data-hidden={hidden}
                style={{ transform: `translateY(${start}px)` }}
              >
                <button
                  type="button"
                  className={classes.column}
                  title={column.name}
                  disabled={hidden}
                  onClick={() => onChoose(source)}
                >
                  <TypeMark type={column.type} />
                  <span className={classes.text}>{column.name}</span>
                  <Missing artifact={artifact} many={columns.length} source={source} />
                </button>
                <Tool
                  on={pinned}
                  label={`Pin ${column.name}`}
                  title={pinned ? "Unpin" : "Pin to the left"}
                  disabled={hidden}
                  onClick={() => onTogglePin(source)}
                >
                  {pinned ? <IconPinFilled size={14} /> : <IconPin size={14} />}
                </Tool>
                <Tool
                  on={hidden}
                  label={`Hide ${column.name}`}
                  title={hidden ? "Show" : "Hide"}
                  onClick={() => onToggle(source)}
                >
                  {hidden ? <IconEyeOff size={14} /> : <IconEye size={14} />}
                </Tool>
              </div>
            );
          })}
        </div>
        {found.length === 0 ? <p className={classes.none}>No column matches.</p> : null}
      </div>
    </>
  );
}

function Missing({ artifact, many, source }: { artifact: string; many: number; source: number }) {
  const { summary } = useColumnSummary(artifact, many, source);
  if (!summary?.missing) return null;
  return (
    <span className={classes.gaps}>
      {shareText(summary.missing / (summary.missing + summary.count))} missing
    </span>
  );
}

interface ToolProps {
  on: boolean;
  label: string;
  title: string;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}

const Tool = ({ on, label, title, disabled, onClick, children }: ToolProps) => (
  <button
    type="button"
    className={classes.tool}
    data-on={on}
    aria-pressed={on}
    aria-label={label}
    title={title}
    disabled={disabled}
    onClick={onClick}
  >
    {children}
  </button>
);
