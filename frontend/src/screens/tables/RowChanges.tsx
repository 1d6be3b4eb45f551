import { Pagination } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { compareQuery, type Shown, type TableComparison } from "../../api/compare";
import { EmptyState } from "../../ui/EmptyState";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { cellText } from "../../ui/table/cells";
import classes from "./TablesScreen.module.css";

const LIMIT = 50;
/** Columns that a row is shown with; those that differ come first. */
const WIDE = 60;

interface Props {
  old: string;
  other: string;
  keys: readonly string[];
  show: Shown;
}

/** The rows of one table alone, or those that differ, cell by cell. */
export function RowChanges({ old, other, keys, show }: Props) {
  const [offset, setOffset] = useState(0);
  const found = useQuery(compareQuery(old, other, { key: keys, show, offset, limit: LIMIT, drift: false }));
  if (found.error) return <ProblemMessage title="Could not load the rows" error={found.error} />;
  if (!found.data) return <Loading label="Loading the rows…" />;
  const { page, columns } = found.data;
  if (page.total === 0)
    return <EmptyState title={`No row was ${show}`}>The other tabs may tell more.</EmptyState>;
  const touched = new Set(columns.filter((column) => column.changed > 0).map(({ name }) => name));
  const order = page.columns
    .map((name, place) => ({ name, place, first: keys.includes(name) ? 0 : touched.has(name) ? 1 : 2 }))
    .sort((a, b) => a.first - b.first || a.place - b.place)
    .slice(0, WIDE);
  return (
    <>
      <div
        className={classes.scroll}
        tabIndex={0}
        role="region"
        aria-label="Rows"
        data-stale={found.isPlaceholderData}
      >
        <table className={classes.table}>
          <thead>
            <tr>
              {order.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {page.rows.map((row, index) => (
              <tr key={index}>
                {order.map(({ name, place }) => (
                  <td key={name} data-changed={row.changed.includes(name)}>
                    <Cell row={row} place={place} changed={row.changed.includes(name)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {page.total > LIMIT ? (
        <nav className={classes.pages} aria-label="Pages">
          <Pagination
            size="sm"
            total={Math.ceil(page.total / LIMIT)}
            value={offset / LIMIT + 1}
            onChange={(to) => setOffset((to - 1) * LIMIT)}
            getItemProps={(number) => ({ "aria-label": `Page ${number}` })}
            getControlProps={(control) => ({ "aria-label": `${control} page` })}
          />
        </nav>
      ) : null}
    </>
  );
}

type Row = TableComparison["page"]["rows"][number];

function Cell({ row, place, changed }: { row: Row; place: number; changed: boolean }) {
  const [before, after] = [row.old?.[place], row.new?.[place]];
  if (!changed) return text(after ?? before);
  return (
    <>
      <del className={classes.old}>{text(before)}</del> <ins className={classes.new}>{text(after)}</ins>
    </>
  );
}

const text = (value: unknown): string =>
  value === null || value === undefined ? "missing" : value === "" ? "empty text" : cellText(value, "string");
