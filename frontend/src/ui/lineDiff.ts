/** Two texts compared line by line. */

import { structuredPatch } from "diff";

export interface DiffLine {
  kind: "same" | "added" | "removed";
  text: string;
  /** Its number in the newer text; in the older one for a line that is gone. Counted from 1. */
  line: number;
}

/** Texts with more differences than that are told as replaced whole: comparing takes time by the square of them. */
const MOST_EDITS = 1000;

/** What changed, with some lines around; null stands for lines that are left out. */
export function lineDiff(before: string, after: string, around = 2): (DiffLine | null)[] {
  const patch = structuredPatch("", "", `${before}\n`, `${after}\n`, "", "", {
    context: around,
    maxEditLength: MOST_EDITS,
  });
  const shown = patch
    ? patch.hunks.map(({ oldStart, newStart, lines }) => ({
        at: newStart,
        lines: numbered(lines, oldStart, newStart),
      }))
    : [{ at: 1, lines: replaced(before, after) }];
  const found: (DiffLine | null)[] = [];
  let next = 1;
  for (const { at, lines } of shown) {
    if (at > next) found.push(null);
    found.push(...lines);
    next = at + lines.filter(({ kind }) => kind !== "removed").length;
  }
  if (next <= after.split("\n").length) found.push(null);
  return found;
}

const KINDS: Record<string, DiffLine["kind"]> = { "+": "added", "-": "removed" };

/** Lines of a patch, each with a mark before it, from these numbers on in the older and in the newer text. */
function numbered(lines: readonly string[], old: number, now: number): DiffLine[] {
  return lines.map((line) => {
    const kind = KINDS[line.charAt(0)] ?? "same";
    const at = kind === "removed" ? old : now;
    if (kind !== "added") old += 1;
    if (kind !== "removed") now += 1;
    return { kind, text: line.slice(1), line: at };
  });
}

const replaced = (before: string, after: string): DiffLine[] => [
  ...numbered(
    before.split("\n").map((text) => `-${text}`),
    1,
    1,
  ),
  ...numbered(
    after.split("\n").map((text) => `+${text}`),
    1,
    1,
  ),
];
