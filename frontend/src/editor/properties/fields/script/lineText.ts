/** What a line of a script made, in a few words. */

import type { LineChange, LineValue } from "../../../../api/types";
import { count, duration, plural } from "../../../../ui/words";

const LONGEST = 40;
const WORTH_TELLING_S = 0.001;
const MINUS = "\u2212";

/** lineText(line 3 of `df = df.dropna()`) → "1,204 × 7, −312 rows, 8 ms" */
export function lineText({ kind, times, seconds, values }: LineValue): string {
  const named = kind === "given" || values.length > 1;
  return [
    kind === "loop" ? plural(times, "round") : times > 1 ? plural(times, "time") : "",
    ...values.map((value) => changeText(value, named)),
    seconds >= WORTH_TELLING_S ? duration(seconds * 1000) : "",
  ]
    .filter(Boolean)
    .join(", ");
}

function changeText(value: LineChange, named: boolean): string {
  const { name, type, shape, text } = value;
  const is = shape ? shape.map(count).join(" × ") : short(text || type);
  const told = named ? `${name} ${is}` : is;
  return [told, ...differences(value)].join(", ");
}

function differences({ shape, rows_before, new_columns, gone_columns }: LineChange): string[] {
  const rows = shape && rows_before !== null ? (shape[0] ?? 0) - rows_before : 0;
  return [
    rows === 0 ? "" : `${rows > 0 ? "+" : MINUS}${plural(Math.abs(rows), "row")}`,
    new_columns.length === 0 ? "" : plural(new_columns.length, "new column"),
    gone_columns === 0 ? "" : `${plural(gone_columns, "column")} gone`,
  ].filter(Boolean);
}

const short = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
