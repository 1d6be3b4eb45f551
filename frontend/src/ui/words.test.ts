import { expect, test } from "vitest";
import { ago, bytes, duration, ordinal, plural } from "./words";

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1536, "1.5 kB"],
  [99_960, "100 kB"],
  [999_600, "1.0 MB"],
  [409_000_000, "409 MB"],
  [2_500_000_000, "2.5 GB"],
])("%i bytes are %s", (n, text) => expect(bytes(n)).toBe(text));

test.each([
  [0, "0 ms"],
  [940, "940 ms"],
  [3400, "3.4 s"],
  [59_990, "1 min 00 s"],
  [125_000, "2 min 05 s"],
  [3_720_000, "1 h 02 min"],
])("%i ms are %s", (ms, text) => expect(duration(ms)).toBe(text));

test.each([
  [20, "just now"],
  [300, "5 minutes ago"],
  [2 * 3600, "2 hours ago"],
  [86_400, "yesterday"],
  [30 * 86_400, "Jan 1, 2026"],
])("%i seconds back is %s", (seconds, text) => {
  const now = Date.parse("2026-01-31T12:00:00Z");
  expect(ago(new Date(now - seconds * 1000).toISOString(), now)).toBe(text);
});

test("one is one, all else are many", () => {
  expect([plural(1, "row"), plural(0, "row"), plural(12_345, "row")]).toEqual([
    "1 row",
    "0 rows",
    "12,345 rows",
  ]);
});

test("counts places", () => {
  expect([1, 2, 3, 4, 11, 12, 21].map(ordinal)).toEqual(["1st", "2nd", "3rd", "4th", "11th", "12th", "21st"]);
});
