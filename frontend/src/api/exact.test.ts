import { expect, it } from "vitest";
import { isBeyond, parseExact } from "./exact";

it("keeps every digit of a whole number that a browser would round", () => {
  expect(parseExact('{"rows":[[9007199254740993,-1234567890123456789,42]]}')).toEqual({
    rows: [["9007199254740993", "-1234567890123456789", 42]],
  });
  expect(parseExact("[9007199254740991]")).toEqual([9007199254740991]);
});

it("leaves fractions, powers and digits within texts as they are", () => {
  const text =
    '[0.30000000000000004,1e+16,1234567890123456789.5,"a\\\\\\" 9007199254740993, \\\\",9007199254740993]';
  expect(parseExact(text)).toEqual([
    0.30000000000000004,
    1e16,
    1234567890123456800,
    'a\\" 9007199254740993, \\',
    "9007199254740993",
  ]);
});

it("takes a megabyte of quotes", () => {
  const long = `9007199254740993 ${'"\\'.repeat(500_000)}`;
  expect(parseExact(JSON.stringify([long]))).toEqual([long]);
});

it("knows which digits are beyond", () => {
  expect(isBeyond("9007199254740993")).toBe(true);
  expect(isBeyond("9007199254740991")).toBe(false);
  expect(isBeyond("1.5")).toBe(false);
});
