/** Which columns of a known table a selection means, as the server will find them. Pure. */

import type { Column } from "../../../../api/types";
import { nearest } from "./nearest";
import type { Rule, Selection } from "./selection";

/** A value of a rule that means nothing in this table. */
export interface WrongValue {
  /** The rule's place, from 0. */
  rule: number;
  value: string;
  message: string;
  /** What may have been meant. */
  instead: string | null;
}

export interface Picked {
  /** In the order of the result; a name twice where the order of selection is kept. */
  names: string[];
  wrong: WrongValue[];
}

interface Meant {
  names: string[];
  message?: string;
  instead?: string | null;
}

const NUMERIC = ["integer", "float"];
const RANGE = /^\s*(\d+)\s*(?:-\s*(\d+)\s*)?$/;

export function pickColumns({ begin, rules, ordered }: Selection, columns: readonly Column[]): Picked {
  const all = columns.map((column) => column.name);
  const known = new Set(all);
  const wrong: WrongValue[] = [];
  let picked = begin === "all" ? [...all] : [];
  rules.forEach((rule, place) => {
    const names = rule.values.flatMap((value) => {
      const meant = meaning(rule, value, columns, all, known);
      if (meant.message !== undefined)
        wrong.push({ rule: place, value, message: meant.message, instead: meant.instead ?? null });
      return meant.names;
    });
    const those = new Set(names);
    picked = rule.exclude ? picked.filter((name) => !those.has(name)) : [...picked, ...names];
  });
  if (ordered) return { names: picked, wrong };
  const chosen = new Set(picked);
  return { names: all.filter((name) => chosen.has(name)), wrong };
}

function meaning(
  { by }: Rule,
  value: string,
  columns: readonly Column[],
  names: string[],
  known: ReadonlySet<string>,
): Meant {
  switch (by) {
    case "names":
      return known.has(value)
        ? { names: [value] }
        : { names: [], message: `There is no column “${value}”.`, instead: nearest(value, names) };
    case "types":
      return { names: columns.filter(({ type }) => isOfType(type, value)).map(({ name }) => name) };
    case "indexes":
      return byPosition(value, names);
    case "pattern":
      return byPattern(value, names);
  }
}

const isOfType = (type: string, wanted: string): boolean =>
  wanted === "all" || wanted === type || (wanted === "numeric" && NUMERIC.includes(type));

function byPosition(value: string, names: string[]): Meant {
  const found = RANGE.exec(value);
  if (!found) return { names: [], message: `“${value}” is not a position. Write 3, or 2-4.` };
  const low = Number(found[1]);
  const high = Number(found[2] ?? found[1]);
  if (low < 1 || low > high || high > names.length)
    return { names: [], message: `There is no column number ${value.trim()}; there are ${names.length}.` };
  return { names: names.slice(low - 1, high) };
}

/** The server reads patterns as Python does; what only Python can read is not judged here. */
function byPattern(value: string, names: string[]): Meant {
  const flags = value.startsWith("(?i)") ? "i" : "";
  try {
    const pattern = new RegExp(value.replace(/^\(\?i\)/, "").replaceAll("(?P<", "(?<"), flags);
    const found = names.filter((name) => pattern.test(name));
    return found.length > 0 ? { names: found } : { names: [], message: `No name has “${value}” in it.` };
  } catch {
    return {
      names: [],
      message: `“${value}” cannot be tried here. The run will say if it is not a pattern.`,
    };
  }
}
