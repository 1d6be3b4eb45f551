import { Pagination } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { compareQuery, type ComparedColumn, type Shown } from "../../api/compare";
import { EmptyState } from "../../ui/EmptyState";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import type { ColumnType } from "../../api/types";
import { cellText, fullText } from "../../results/table/cells";
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
  if (page.total === 0) return <EmptyState title={`No row was ${show}`}>See the other tabs.</EmptyState>;
  const typeOf = new Map(columns.map((column) => [column.name, column]));
  const days = new Set(page.days);
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
                    <Cell
                      before={row.old?.[place]}
                      after={row.new?.[place]}
                      types={typeOf.get(name)}
                      days={days.has(name)}
                      changed={row.changed.includes(name)}
                    />
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

interface CellProps {
  before: unknown;
  after: unknown;
  types: Pick<ComparedColumn, "old" | "new"> | undefined;
  /** No value of the column has a time. */
  days: boolean;
  changed: boolean;
}

function Cell({ before, after, types, days, changed }: CellProps) {
  const [old, now] = [text(before, types?.old, days), text(after, types?.new, days)];
  if (!changed) return after === undefined ? old : now;
  // Where both look the same in short, in full they do not.
  const [one, other] = old === now ? [fullText(before), fullText(after)] : [old, now];
  return (
    <>
      <del className={classes.old}>{one}</del> <ins className={classes.new}>{other}</ins>
    </>
  );
}

function text(value: unknown, type: ColumnType | null | undefined, days: boolean): string {
  if (value === null || value === undefined) return "missing";
  return value === "" ? "empty text" : cellText(value, type ?? "string", days);
}
