/** Places side by side along an axis of categories. Pure. */

export function slots(many: number, [start, end]: [number, number]) {
  const width = (end - start) / Math.max(1, many);
  return { width, at: (index: number) => start + width * (index + 0.5) };
}

const LETTER = 6.4;

/** A word that fits into so many pixels. */
export function short(text: string, pixels: number): string {
  const most = Math.max(1, Math.floor(pixels / LETTER));
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`;
}
