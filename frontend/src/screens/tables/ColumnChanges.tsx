import type { ComparedColumn } from "../../api/compare";
import { numberText } from "../../results/table/cells";
import { shareText } from "../../results/table/shares";
import { typeWord } from "../../results/table/TypeMark";
import { count } from "../../ui/words";
import classes from "./TablesScreen.module.css";
import { driftWord, verdict } from "./drift";
import { TwoShapes } from "./TwoShapes";

interface Props {
  columns: readonly ComparedColumn[];
  names: { old: string; new: string };
  /** Rows that are in both. */
  matched: number;
}

/** Each column of either table: is it in both, in how many rows does it differ, how far did it move. */
export function ColumnChanges({ columns, names, matched }: Props) {
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label="Columns of both">
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Type</th>
            <th scope="col" data-align="right">
              Changed rows
            </th>
            <th scope="col">Drift</th>
            <th scope="col">
              Shape: <span className={classes.old}>{names.old}</span>,{" "}
              <span className={classes.new}>{names.new}</span>
            </th>
            <th scope="col" data-align="right">
              Mean
            </th>
            <th scope="col" data-align="right">
              Missing
            </th>
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => {
            const { drift } = column;
            return (
              <tr key={column.name} data-verdict={verdict(column)}>
                <th scope="row" className={classes.name}>
                  {column.name}
                </th>
                <td>{typeChange(column)}</td>
                <td data-align="right">
                  {column.old && column.new && column.changed > 0
                    ? `${count(column.changed)} (${shareText(column.changed / Math.max(1, matched))})`
                    : "–"}
                </td>
                <td>
                  {drift && drift.psi !== null ? (
                    <span className={classes.drift} data-much={driftWord(drift.psi)}>
                      {driftWord(drift.psi)} <small>{drift.psi < 0.001 ? "0" : drift.psi.toFixed(3)}</small>
                    </span>
                  ) : (
                    "–"
                  )}
                </td>
                <td>{drift?.edges ? <TwoShapes drift={drift} label={column.name} /> : null}</td>
                <td data-align="right">{pair(drift?.old_mean, drift?.new_mean, short)}</td>
                <td data-align="right">{pair(drift?.old_missing, drift?.new_missing, shareText)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function typeChange({ old, new: now }: ComparedColumn): string {
  if (old && now) return old === now ? typeWord(old) : `${typeWord(old)} → ${typeWord(now)}`;
  return old ? `removed (${typeWord(old)})` : now ? `added (${typeWord(now)})` : "";
}

const short = (value: number): string => numberText(Number(value.toPrecision(4)));

/** "3 → 4", or one of them where nothing moved. */
function pair(
  old: number | null | undefined,
  now: number | null | undefined,
  text: (value: number) => string,
): string {
  if (old === null || old === undefined || now === null || now === undefined) return "–";
  return text(old) === text(now) ? text(now) : `${text(old)} → ${text(now)}`;
}
