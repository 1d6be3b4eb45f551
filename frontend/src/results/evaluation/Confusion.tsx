import type { CSSProperties } from "react";
import { count } from "../../ui/words";
import classes from "./Evaluation.module.css";

interface Props {
  names: readonly string[];
  /** `counts[i][j]`: rows of class i that were taken for class j. */
  counts: readonly (readonly number[])[];
  shares?: boolean;
  label: string;
  onPick?: ((actual: string, predicted: string) => void) | undefined;
}

/** Which class was taken for which: rows are true, columns predicted. */
export function Confusion({ names, counts, shares = false, label, onPick }: Props) {
  const largest = Math.max(1, ...counts.flat());
  return (
    <div className={classes.scroll}>
      <table className={classes.confusion} aria-label={label}>
        <thead>
          <tr>
            <th scope="col" className={classes.corner}>
              <span>actual ↓ predicted →</span>
            </th>
            {names.map((name) => (
              <th key={name} scope="col" title={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {counts.map((row, actual) => {
            const total = row.reduce((sum, rows) => sum + rows, 0);
            return (
              <tr key={names[actual]}>
                <th scope="row" title={names[actual]}>
                  {names[actual]}
                </th>
                {row.map((rows, predicted) => {
                  const right = actual === predicted;
                  const share = total > 0 ? rows / total : 0;
                  const strength = shares ? share : rows / largest;
                  const words = `${count(rows)} of class ${names[actual]} predicted as ${names[predicted]}`;
                  return (
                    <td key={predicted}>
                      <button
                        type="button"
                        className={classes.cell}
                        data-right={right}
                        style={strengthOf(strength)}
                        disabled={!onPick || rows === 0}
                        title={words}
                        aria-label={`${words}; show these rows`}
                        onClick={() => onPick?.(names[actual] ?? "", names[predicted] ?? "")}
                      >
                        {shares ? `${(share * 100).toFixed(1)} %` : count(rows)}
                      </button>
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

const strengthOf = (strength: number) => ({ "--strength": strength.toFixed(3) }) as CSSProperties;
