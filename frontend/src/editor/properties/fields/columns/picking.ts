/** Columns ticked and unticked one by one, written as rules. Pure. */

import type { Column } from "../../../../api/types";
import { pickColumns } from "./pick";
import type { Rule, Selection } from "./selection";

/** The selection with these columns in it, or out of it; the other columns stay as they are. */
export function withColumns(
  selection: Selection,
  names: readonly string[],
  on: boolean,
  columns: readonly Column[],
): Selection {
  const these = new Set(names);
  let rules = takenBack(selection.rules, these, on);
  const picked = new Set(pickColumns({ ...selection, rules }, columns).names);
  const left = names.filter((name) => picked.has(name) !== on);
  if (left.length > 0) rules = said(rules, left, on);
  return { ...selection, rules };
}

/** All of them, or none: what was said of single columns goes. */
export const allColumns = (selection: Selection, on: boolean): Selection => ({
  begin: on ? "all" : "none",
  rules: [],
  ordered: on && selection.ordered,
});

/** Without what the last rule of names says to the contrary. */
function takenBack(rules: Rule[], names: ReadonlySet<string>, on: boolean): Rule[] {
  const last = rules.at(-1);
  if (last?.by !== "names" || last.exclude !== on) return rules;
  const values = last.values.filter((value) => !names.has(value));
  return values.length > 0 ? [...rules.slice(0, -1), { ...last, values }] : rules.slice(0, -1);
}

/** With what the last rule of names says besides, or one more rule. */
function said(rules: Rule[], names: string[], on: boolean): Rule[] {
  const last = rules.at(-1);
  if (last?.by === "names" && last.exclude === !on)
    return [...rules.slice(0, -1), { ...last, values: [...last.values, ...names] }];
  return [...rules, { by: "names", values: names, exclude: !on }];
}
