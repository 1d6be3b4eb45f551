import { useQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef, useState } from "react";
import { summaryQuery } from "../../api/artifacts";
import type { Column } from "../../api/types";
import { SearchBox } from "../SearchBox";
import { count } from "../words";
import classes from "./ColumnPanel.module.css";
import { TypeMark } from "./TypeMark";

interface Props {
  artifact: string;
  columns: readonly Column[];
  onChoose: (index: number) => void;
}

const ROW = 30;
/** From how many columns on a search is worth its place. */
const MANY = 12;

/** All columns by name, with how many values are missing; a click goes there. */
export function ColumnList({ artifact, columns, onChoose }: Props) {
  const [search, setSearch] = useState("");
  const scroller = useRef<HTMLDivElement>(null);
  const summary = useQuery(summaryQuery(artifact)).data;
  const wanted = search.trim().toLowerCase();
  const shown = columns
    .map((column, index) => ({ column, index }))
    .filter(({ column }) => column.name.toLowerCase().includes(wanted));
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 6,
  });
  return (
    <>
      {columns.length >= MANY ? (
        <div className={classes.search}>
          <SearchBox label="Find a column" value={search} onChange={setSearch} />
        </div>
      ) : null}
      <div ref={scroller} className={classes.list} role="list" aria-label="Columns">
        <div style={{ height: virtual.getTotalSize(), position: "relative" }} role="presentation">
          {virtual.getVirtualItems().map(({ index: place, start }) => {
            const found = shown[place];
            if (!found) return null;
            const missing = summary?.columns[found.index]?.missing;
            return (
              <div
                key={found.index}
                role="listitem"
                className={classes.item}
                style={{ transform: `translateY(${start}px)` }}
              >
                <button type="button" className={classes.column} onClick={() => onChoose(found.index)}>
                  <TypeMark type={found.column.type} />
                  <span className={classes.text}>{found.column.name}</span>
                  {missing ? <span className={classes.gaps}>{count(missing)} missing</span> : null}
                </button>
              </div>
            );
          })}
        </div>
        {shown.length === 0 ? <p className={classes.none}>No column is called like that.</p> : null}
      </div>
    </>
  );
}
