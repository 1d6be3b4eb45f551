/** Places side by side along an axis of categories. Pure. */

export function slots(many: number, [start, end]: [number, number]) {
  const width = (end - start) / Math.max(1, many);
  return { width, at: (index: number) => start + width * (index + 0.5) };
}

const LETTER = 6.4;

const ENDING = 3;

/** A word that fits into so many pixels; with its ending, by which "customer 1" and "customer 2" are told apart. */
export function short(text: string, pixels: number): string {
  const most = Math.max(1, Math.floor(pixels / LETTER));
  if (text.length <= most) return text;
  const ending = most > 2 * ENDING ? ENDING : 0;
  const start = [...text.slice(0, 2 * most)].slice(0, Math.max(1, most - 1 - ending)).join("");
  return `${start}…${ending ? [...text.slice(-2 * ending)].slice(-ending).join("") : ""}`;
}
