/** Numbers, sizes and times as people read them. */

const numbers = new Intl.NumberFormat("en");

export const count = (n: number): string => numbers.format(n);

const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

/** shortCount(1234567) → "1.2M" */
export const shortCount = (n: number): string => (n < 10_000 ? count(n) : short.format(n));

/** plural(1, "row") → "1 row"; plural(3, "row") → "3 rows" */
export const plural = (n: number, one: string, many = `${one}s`): string =>
  `${count(n)} ${n === 1 ? one : many}`;

const ordinals = new Intl.PluralRules("en", { type: "ordinal" });
const ENDINGS: Readonly<Record<string, string>> = { one: "st", two: "nd", few: "rd" };

/** ordinal(2) → "2nd" */
export const ordinal = (n: number): string => `${count(n)}${ENDINGS[ordinals.select(n)] ?? "th"}`;

/** bytes(1536) → "1.5 kB" (powers of 1000, as file managers show them) */
export function bytes(n: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let size = n;
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || size >= 99.5 ? 0 : 1;
  return `${size.toFixed(digits)} ${units[unit]}`;
}

/** Milliseconds as "12 ms", "3.4 s", "2 min 05 s", "1 h 02 min". */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, "0")} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** "now", "5 minutes ago", "yesterday"; after a week the date. */
export function ago(iso: string, now: number = Date.now()): string {
  const seconds = Math.round((Date.parse(iso) - now) / 1000);
  const past = Math.abs(seconds);
  if (past < 45) return "just now";
  if (past < 45 * 60) return relative.format(Math.round(seconds / 60), "minute");
  if (past < 22 * 3600) return relative.format(Math.round(seconds / 3600), "hour");
  if (past < 7 * 86400) return relative.format(Math.round(seconds / 86400), "day");
  return new Date(iso).toLocaleDateString("en", { year: "numeric", month: "short", day: "numeric" });
}

/** The full local date and time, for a hover. */
export const moment = (iso: string): string =>
  new Date(iso).toLocaleString("en", { dateStyle: "medium", timeStyle: "medium" });
