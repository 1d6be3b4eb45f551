import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { IconButton } from "../../ui/IconButton";
import classes from "./Debugger.module.css";

export interface TablePage {
  total: number;
  count: number;
  columns: { name: string; type: string }[];
  index: string[];
  rows: (string | null)[][];
  reference?: number;
}

const ROWS = 20;

interface Props {
  label: string;
  first?: TablePage;
  page: (offset: number, limit: number) => Promise<unknown>;
}

/** A live frame, 20 rows at a time. */
export function FrameTable({ label, first, page }: Props) {
  const [offset, setOffset] = useState(0);
  const [shown, setShown] = useState<TablePage | null>(first ?? null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (first && offset === 0) return setShown(first);
    let left = false;
    page(offset, ROWS)
      .then((told) => {
        if (!left) setShown(told as TablePage);
      })
      .catch((error: unknown) => {
        if (!left) setProblem(error instanceof Error ? error.message : String(error));
      });
    return () => {
      left = true;
    };
    // The page of the same value is the same question.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [offset]);
  if (problem) return <p className={classes.hint}>{problem}</p>;
  if (!shown) return <p className={classes.hint}>Loading rows…</p>;
  const last = Math.min(offset + shown.rows.length, shown.total);
  return (
    <div className={classes.table}>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={`Rows of ${label}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Row</th>
              {shown.columns.map((column, at) => (
                <th key={at} scope="col" title={column.type}>
                  {column.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.rows.map((row, at) => (
              <tr key={offset + at}>
                <th scope="row">{shown.index[at]}</th>
                {row.map((cell, place) => (
                  <td key={place} data-missing={cell === null || undefined}>
                    {cell ?? "missing"}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={classes.pager}>
        <span>
          {shown.total === 0
            ? "No rows"
            : `Rows ${offset + 1} to ${last} of ${shown.total.toLocaleString("en-US")}`}
          {shown.count > shown.columns.length ? `, ${shown.columns.length} of ${shown.count} columns` : ""}
        </span>
        <IconButton
          label="Earlier rows"
          size={24}
          disabled={offset === 0}
          onClick={() => setOffset(Math.max(0, offset - ROWS))}
        >
          <IconChevronLeft size={13} />
        </IconButton>
        <IconButton
          label="Later rows"
          size={24}
          disabled={last >= shown.total}
          onClick={() => setOffset(offset + ROWS)}
        >
          <IconChevronRight size={13} />
        </IconButton>
      </div>
    </div>
  );
}
