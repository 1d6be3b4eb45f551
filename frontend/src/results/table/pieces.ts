const LONGEST = 8_000;

/** A text in pieces of at most so many characters, each ending with a line where there is one, else between
 *  words. Put together they are the text. */
export function piecesOf(text: string, longest = LONGEST): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length;) {
    const end = Math.min(text.length, start + longest);
    const last = end === text.length ? end : breakBefore(text, start, end);
    pieces.push(text.slice(start, last));
    start = last;
  }
  return pieces;
}

function breakBefore(text: string, start: number, end: number): number {
  for (const mark of ["\n", " "]) {
    const found = text.lastIndexOf(mark, end - 1);
    if (found >= start) return found + 1;
  }
  return /[\uD800-\uDBFF]/.test(text[end - 1] ?? "") && end - 1 > start ? end - 1 : end;
}
