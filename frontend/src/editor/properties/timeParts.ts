/** A node run's timings in the order they happened. Pure. */

export interface TimePart {
  name: string;
  hue: string;
  seconds: number;
  /** Of all that is shown; at least so much that it can be seen. */
  share: number;
}

/** What the server calls a part, what a person does, and its color. */
const PARTS: readonly (readonly [keys: readonly string[], name: string, hue: string])[] = [
  [["queued"], "Waiting", "gray"],
  [["forking"], "Starting", "violet"],
  [["reading"], "Reading", "teal"],
  [["running"], "Running", "blue"],
  [["writing"], "Writing", "amber"],
  [["hashing", "checking"], "Checking", "pink"],
  [["committing", "keeping"], "Storing", "green"],
];
const LEAST_SHARE = 0.015;

export function timeParts(timings: Readonly<Record<string, number>>): TimePart[] {
  const known = PARTS.map(([keys, name, hue]) => ({
    name,
    hue,
    seconds: keys.reduce((sum, key) => sum + (timings[key] ?? 0), 0),
  })).filter(({ seconds }) => seconds > 0);
  const whole = known.reduce((sum, { seconds }) => sum + seconds, 0);
  return known.map((part) => ({ ...part, share: Math.max(LEAST_SHARE, part.seconds / whole) }));
}
