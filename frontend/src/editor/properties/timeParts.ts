/** A node run's timings in the order they happened. Pure. */

export interface TimePart {
  name: string;
  seconds: number;
  /** Of all that is shown; at least so much that it can be seen. */
  share: number;
}

/** What the server calls a part and what a person does. */
const PARTS: readonly (readonly [keys: readonly string[], name: string])[] = [
  [["forking"], "Starting"],
  [["reading"], "Reading"],
  [["running"], "Running"],
  [["writing"], "Writing"],
  [["hashing", "checking"], "Checking"],
  [["keeping"], "Storing"],
];
const OTHER = { name: "Other" };
const LEAST_SHARE = 0.015;

/**
 * Where the time between a node's start and its end went. Waiting came before, committing after; the parts add up to
 * `tookMs`, in whole milliseconds too, with all that no part names as the last one.
 */
export function timeParts(timings: Readonly<Record<string, number>>, tookMs: number): TimePart[] {
  const known = PARTS.map(([keys, name]) => ({
    name,
    seconds: keys.reduce((sum, key) => sum + (timings[key] ?? 0), 0),
  })).filter(({ seconds }) => seconds > 0);
  if (known.length === 0) return [];
  const named = known.reduce((sum, { seconds }) => sum + seconds, 0);
  const whole = Math.max(named, tookMs / 1000);
  const rest = whole - named;
  const all = rest > 0 ? [...known, { ...OTHER, seconds: rest }] : known;
  const inMs = wholeMs(all.map(({ seconds }) => seconds * 1000));
  return all
    .map((part, place) => ({
      ...part,
      seconds: (inMs[place] ?? 0) / 1000,
      share: Math.max(LEAST_SHARE, part.seconds / whole),
    }))
    .filter(({ name, seconds }) => name !== OTHER.name || seconds > 0);
}

/** Each rounded up or down, so that they add up to the rounded sum. */
function wholeMs(parts: readonly number[]): number[] {
  const down = parts.map(Math.floor);
  let missing =
    Math.round(parts.reduce((sum, part) => sum + part, 0)) - down.reduce((sum, part) => sum + part, 0);
  const byRest = parts.map((part, place) => ({ place, rest: part % 1 })).sort((a, b) => b.rest - a.rest);
  for (const { place } of byRest) {
    if (missing-- <= 0) break;
    down[place] = (down[place] ?? 0) + 1;
  }
  return down;
}
