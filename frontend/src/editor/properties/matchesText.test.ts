import { expect, it } from "vitest";
import { matchesText } from "./matchesText";

it("says what a join would find", () => {
  const all = { rows: 4, sampled: 4, found: 4, pairs: 4, missing: 0, without: [] };
  expect(matchesText(all)).toBe("4 of 4 rows of the left table have a partner (100 %).");
  const some = {
    rows: 90_000,
    sampled: 10_000,
    found: 9_999,
    pairs: 12_000,
    missing: 1,
    without: ['"Köln "'],
  };
  expect(matchesText(some)).toBe(
    "9,999 of 10,000 sampled rows of 90,000 of the left table have a partner (99 %). Some have several: an " +
      'inner join of them makes 12,000 rows. 1 have no key. Without a partner, for example: "Köln ".',
  );
  expect(matchesText({ ...all, rows: 0, sampled: 0 })).toBe("The left table has no rows.");
});
