import type { ShownValue } from "../../../../api/types";
import { count } from "../../../../ui/words";
import { sizeText, valueText } from "./valueText";
import classes from "./Script.module.css";

/** Variables of a script; a frame unfolds to its first rows. */
export function ShownValues({ values, label }: { values: readonly ShownValue[]; label: string }) {
  if (values.length === 0) return <p className={classes.muted}>There are no variables here.</p>;
  return (
    <ul className={classes.values} aria-label={label}>
      {values.map((value) => (
        <li key={value.name}>
          {value.head && value.columns ? (
            <details>
              <summary>
                <Brief value={value} />
              </summary>
              <HeadTable value={value} />
            </details>
          ) : (
            <p className={classes.value}>
              <Brief value={value} />
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

function Brief({ value }: { value: ShownValue }) {
  return (
    <>
      <strong>{value.name}</strong> <span className={classes.brief}>{valueText(value)}</span>{" "}
      <span className={classes.muted}>{value.text && value.shape ? value.text : sizeText(value)}</span>
    </>
  );
}

/** The first rows of a frame. */
export function HeadTable({ value }: { value: ShownValue }) {
  const { columns, head, shape } = value;
  if (!columns || !head) return null;
  const [rows = 0, width = 1] = shape ?? [];
  const more = [
    rows > head.length ? `${count(head.length)} of ${count(rows)} rows` : "",
    width > columns.length ? `${count(columns.length)} of ${count(width)} columns` : "",
  ].filter(Boolean);
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={`First rows of ${value.name}`}>
      <table className={classes.head}>
        <thead>
          <tr>
            {columns.map(({ name, type }, place) => (
              <th key={place} scope="col" title={type}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {head.map((row, place) => (
            <tr key={place}>
              {row.map((cell, at) => (
                <td key={at} data-missing={cell === null} title={cell ?? "missing"}>
                  {cell ?? "missing"}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {more.length > 0 ? <p className={classes.muted}>{more.join(", ")}</p> : null}
    </div>
  );
}
