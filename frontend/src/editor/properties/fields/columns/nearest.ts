/** The name that is most like a text; null where none is much like it. Pure. */
export function nearest(text: string, names: readonly string[]): string | null {
  const wanted = plain(text);
  let best: string | null = null;
  let most = 0.5;
  for (const name of names) {
    const other = plain(name);
    const longer = Math.max(wanted.length, other.length);
    const alike = longer === 0 ? 0 : 1 - steps(wanted, other) / longer;
    if (alike > most) [best, most] = [name, alike];
  }
  return best;
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[\s_.-]+/g, " ")
    .trim();

/** How many letters must be put in, taken out or changed to come from one to the other (Levenshtein). */
function steps(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const changed = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
