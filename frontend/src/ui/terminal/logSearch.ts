/** Where a text is found in a log, upper and lower case alike. Pure. */

import type { Block } from "./screen";

/** The places of a query in a text, one after the other. */
export function matchesIn(text: string, query: string): number[] {
  const found: number[] = [];
  if (query === "") return found;
  const [where, what] = [text.toLowerCase(), query.toLowerCase()];
  // A few capitals change their length: then the text is searched as it is.
  const within = where.length === text.length ? where : text;
  for (let at = within.indexOf(what); at >= 0; at = within.indexOf(what, at + what.length)) found.push(at);
  return found;
}

/** How often it is found in each block, in the order of the blocks. */
export const countMatches = (blocks: readonly Block[], query: string): number[] =>
  blocks.map((block) =>
    query === ""
      ? 0
      : block.lines.reduce(
          (sum, line) => sum + line.segments.reduce((all, each) => all + countIn(each, query), 0),
          0,
        ),
  );

const SCRIPT_LINE = /(?:File "script\.py", line \d+)/;

/** A link to the script is drawn on its own, and searched on its own. */
const countIn = (segment: { text: string; stream: string }, query: string): number =>
  segment.stream === "stdout" || !SCRIPT_LINE.test(segment.text)
    ? matchesIn(segment.text, query).length
    : segment.text
        .split(/(File "script\.py", line \d+)/)
        .reduce((sum, piece) => sum + matchesIn(piece, query).length, 0);

/** The block of the n-th match and its place among that block's. */
export function locate(counts: readonly number[], nth: number): { block: number; place: number } | null {
  let before = 0;
  for (const [block, count] of counts.entries()) {
    if (nth < before + count) return { block, place: nth - before };
    before += count;
  }
  return null;
}
