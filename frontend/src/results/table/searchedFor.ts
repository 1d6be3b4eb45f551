/** What a search over all columns asks of each one, as the server understands it. Pure. */

import type { Column, RowFilter } from "../../api/types";
import { isBeyond } from "../../api/exact";
import { isNumeric } from "./cells";

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const WORDS: Record<string, boolean> = { true: true, false: false, "1": true, "0": false };
const DAY = /^\d{4}-\d{2}-\d{2}/;

/** For each column that may hold it, the rules that all must hold there. */
export function searchedFor(search: string, columns: readonly Column[]): RowFilter[][] {
  const text = search.trim();
  const word = WORDS[text.toLowerCase()];
  const digits = text.replace(/^\+/, "");
  return columns.flatMap(({ name: column, type }): RowFilter[][] => {
    if (type === "string" || type === "categorical") return [[{ column, op: "contains", value: search }]];
    if (isNumeric(type) && NUMBER.test(text))
      return [[{ column, op: "eq", value: isBeyond(digits) ? digits : Number(text) }]];
    if (type === "boolean" && word !== undefined) return [[{ column, op: "eq", value: word }]];
    const [day] = DAY.exec(text) ?? [];
    if (type !== "datetime" || !day) return [];
    return [
      [
        { column, op: "ge", value: day },
        { column, op: "le", value: `${day}T23:59:59.999999999` },
      ],
    ];
  });
}
