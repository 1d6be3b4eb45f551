/** Quick fixes of scripts: text in place of what stands between two places. Pure. */

import type { QuickFix } from "../api/types";

/** The script with the fix applied; the edits do not overlap. */
export function applyFix(script: string, fix: QuickFix): string {
  const edits = fix.edits.map((edit) => ({
    from: offsetAt(script, edit.line, edit.column),
    to: offsetAt(script, edit.end_line, edit.end_column),
    text: edit.text,
  }));
  return edits
    .sort((one, other) => other.from - one.from)
    .reduce((text, { from, to, text: put }) => text.slice(0, from) + put + text.slice(to), script);
}

/** Where a place lies in a text: the line counts from 1, the column from 0; at the nearest end if there is none. */
export function offsetAt(text: string, line: number, column: number): number {
  let start = 0;
  for (let passed = 1; passed < line; passed += 1) {
    const end = text.indexOf("\n", start);
    if (end < 0) return text.length;
    start = end + 1;
  }
  const end = text.indexOf("\n", start);
  return Math.min(start + column, end < 0 ? text.length : end);
}
