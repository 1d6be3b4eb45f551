/** Two texts compared line by line. */

export interface DiffLine {
  kind: "same" | "added" | "removed";
  text: string;
  /** Its number in the newer text; in the older one for a line that is gone. Counted from 1. */
  line: number;
}

/** Beyond so many cells of the table, the middle is told as replaced whole. */
const MOST_CELLS = 4_000_000;

export function lineDiff(before: string, after: string): DiffLine[] {
  const [old, now] = [before.split("\n"), after.split("\n")];
  let head = 0;
  while (head < Math.min(old.length, now.length) && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(old.length, now.length) - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const same = (from: number, to: number) =>
    now.slice(from, to).map((text, index): DiffLine => ({ kind: "same", text, line: from + index + 1 }));
  return [
    ...same(0, head),
    ...middle(old.slice(head, old.length - tail), now.slice(head, now.length - tail), head),
    ...same(now.length - tail, now.length),
  ];
}

/** By the longest common subsequence. */
function middle(old: string[], now: string[], offset: number): DiffLine[] {
  const [rows, columns] = [old.length + 1, now.length + 1];
  const removed = (i: number): DiffLine => ({ kind: "removed", text: old[i] ?? "", line: offset + i + 1 });
  const added = (j: number): DiffLine => ({ kind: "added", text: now[j] ?? "", line: offset + j + 1 });
  if (rows * columns > MOST_CELLS) return [...old.map((_, i) => removed(i)), ...now.map((_, j) => added(j))];
  const common = new Uint32Array(rows * columns);
  const at = (i: number, j: number) => common[i * columns + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = now.length - 1; j >= 0; j -= 1)
      common[i * columns + j] =
        old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      lines.push({ ...added(j), kind: "same" });
      i += 1;
      j += 1;
    } else if (j >= now.length || (i < old.length && at(i + 1, j) >= at(i, j + 1))) {
      lines.push(removed(i));
      i += 1;
    } else {
      lines.push(added(j));
      j += 1;
    }
  }
  return lines;
}

/** Only what changed, with some lines around; null stands for lines that are left out. */
export function withContext(lines: readonly DiffLine[], around = 2): (DiffLine | null)[] {
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - around), index + around + 1).some(({ kind }) => kind !== "same"),
  );
  return lines.flatMap((line, index) =>
    near[index] ? [line] : index === 0 || near[index - 1] ? [null] : [],
  );
}
