import { isDelimited, isTyped } from "../../../api/datasetTypes";
import type { Preview } from "../../../api/review";
import { cellText, hasDaysOnly, isNumeric } from "../../../results/table/cells";
import { ColumnHead } from "./ColumnHead";
import { signOf } from "./choices";
import { sayOf, type Draft } from "./draft";
import classes from "./Review.module.css";

interface Props {
  seen: Preview;
  draft: Draft;
  onChange: (draft: Draft) => void;
}

/** The first rows as they would be kept; each column's name and type can be changed in its head. */
export function FirstRows({ seen, draft, onChange }: Props) {
  const columns = seen.columns ?? [];
  const cells = seen.cells ?? [];
  const daysOnly = columns.map(
    ({ type }, place) => type === "datetime" && hasDaysOnly(cells.map((row) => row[place])),
  );
  return (
    <div className={classes.rows} tabIndex={0} role="region" aria-label="First rows">
      <table>
        <thead>
          <tr>
            {columns.map((column, place) => (
              <ColumnHead
                key={column.original}
                column={column}
                typed={isTyped(seen.type)}
                daysOnly={daysOnly[place] ?? false}
                wordy={isDelimited(seen.type)}
                sign={signOf(cells.map((row) => row[place]))}
                said={draft.reading.columns?.[column.original]}
                onChange={(change) => onChange(sayOf(draft, column.original, change))}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {cells.map((row, at) => (
            <tr key={at}>
              {columns.map(({ original, type }, place) => (
                <td key={original} data-number={isNumeric(type)}>
                  {row[place] === null ? (
                    <span className={classes.missing}>missing</span>
                  ) : (
                    cellText(row[place], type, daysOnly[place])
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
