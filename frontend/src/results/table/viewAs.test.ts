import { expect, it } from "vitest";
import type { Column, RowFilter } from "../../api/types";
import { traitsNeeded, traitsOf, type Traits } from "./columnTraits";
import { asPandas } from "./viewAsPandas";
import { asSql, type AskedView } from "./viewAsSql";

const COLUMNS: Column[] = [
  { name: "age", type: "integer" },
  { name: 'the "city"', type: "categorical" },
  { name: "when", type: "datetime" },
  { name: "size", type: "categorical" },
  { name: "ok", type: "boolean" },
];
const TRAITS: Traits = new Map([
  ["when", { zoned: true, order: null }],
  ["size", { zoned: false, order: ["small", "mid", "large"] }],
]);
const NONE: Traits = new Map();
const VIEW: AskedView = {
  filter: [
    { column: "age", op: "gt", value: 30 },
    { column: 'the "city"', op: "contains", value: "O'Hare" },
    { column: "when", op: "ge", value: "2024-01-01" },
  ],
  sort: { column: "age", descending: true },
  columns: null,
};

const one = (filter: RowFilter, columns: Column[], traits = NONE) => {
  const view = { filter: [filter], columns: null };
  return [
    asSql(view, columns, "t1", traits).replace(/^.*WHERE (.*);$/s, "$1"),
    asPandas(view, columns, traits).replace(/^df = df\[(.*)\]$/, "$1"),
  ];
};

it("tells a view as a query in which equal rows keep their order", () => {
  expect(asSql(VIEW, COLUMNS, "t1", NONE)).toBe(
    [
      "SELECT *",
      "FROM t1",
      'WHERE "age" > 30',
      `  AND contains(lower(CAST("the ""city""" AS VARCHAR)), 'o''hare')`,
      `  AND "when" >= TIMESTAMP '2024-01-01'`,
      'ORDER BY "age" DESC NULLS LAST, row_number() OVER ();',
    ].join("\n"),
  );
});

it("tells a view as a line of pandas", () => {
  expect(
    asPandas({ filter: [{ column: "age", op: "in", value: [1, 2] }], columns: ["age"] }, COLUMNS, NONE),
  ).toBe('df = df[df["age"].isin([1, 2])][["age"]]');
  expect(asPandas(VIEW, COLUMNS, NONE)).toBe(
    'df = df[(df["age"] > 30) & (df["the \\"city\\""].astype("string").str.contains("O\'Hare", case=False, regex=False, na=False)) & (df["when"] >= pd.Timestamp("2024-01-01"))].sort_values("age", ascending=False, kind="stable")',
  );
});

it("tells times of a column with a zone in UTC", () => {
  expect(one({ column: "when", op: "lt", value: "2024-01-01" }, COLUMNS, TRAITS)).toEqual([
    `"when" < TIMESTAMPTZ '2024-01-01T00:00+00'`,
    'df["when"] < pd.Timestamp("2024-01-01", tz="UTC")',
  ]);
  expect(one({ column: "when", op: "lt", value: "2024-01-01T10:00+02:00" }, COLUMNS)).toEqual([
    `"when" < TIMESTAMP '2024-01-01T08:00:00.000'`,
    'df["when"] < pd.Timestamp("2024-01-01T10:00+02:00").tz_convert("UTC").tz_localize(None)',
  ]);
});

it("goes by the order of categories, and by value where they have none", () => {
  const places = "list_position(['small', 'mid', 'large'], ";
  expect(one({ column: "size", op: "lt", value: "mid" }, COLUMNS, TRAITS)).toEqual([
    `${places}"size") < ${places}'mid')`,
    'df["size"] < "mid"',
  ]);
  expect(one({ column: "size", op: "lt", value: "mid" }, COLUMNS)[1]).toBe(
    'df["size"].astype("string") < "mid"',
  );
  const sorted: AskedView = { filter: [], sort: { column: "size", descending: false }, columns: null };
  expect(asSql(sorted, COLUMNS, "t1", TRAITS)).toContain(`ORDER BY ${places}"size") NULLS LAST`);
  expect(asPandas(sorted, COLUMNS, TRAITS)).toBe('df = df.sort_values("size", kind="stable")');
  expect(asPandas(sorted, COLUMNS, NONE)).toContain("key=lambda c: c.astype(c.cat.categories.dtype)");
});

it("keeps every digit of an id, and knows the infinite", () => {
  const columns: Column[] = [{ name: "n", type: "integer" }];
  expect(one({ column: "n", op: "eq", value: "9007199254740993" }, columns)).toEqual([
    '"n" = 9007199254740993',
    'df["n"] == 9007199254740993',
  ]);
  expect(one({ column: "n", op: "lt", value: "Infinity" }, columns)).toEqual([
    `"n" < CAST('Infinity' AS DOUBLE)`,
    'df["n"] < float("Infinity")',
  ]);
});

it("names columns as SQL knows them, and gives them back their names", () => {
  const columns: Column[] = [
    { name: "x", type: "integer" },
    { name: "X", type: "integer" },
    { name: "", type: "integer" },
  ];
  expect(
    asSql({ filter: [], sort: { column: "X", descending: true }, columns: null }, columns, "t1", NONE),
  ).toBe(
    'SELECT "x", "X (2)" AS "X", "T1COL3"\nFROM t1\nORDER BY t1."X (2)" DESC NULLS LAST, row_number() OVER ();',
  );
});

it("leaves names alone that differ in the case of other letters than A to Z", () => {
  const columns: Column[] = [
    { name: "ä", type: "integer" },
    { name: "Ä", type: "integer" },
  ];
  expect(asSql({ filter: [], columns: ["Ä"] }, columns, "t1", NONE)).toBe('SELECT "Ä"\nFROM t1;');
});

it("searches as the server does: in texts, numbers by value, days, true and false", () => {
  expect(asSql({ filter: [], search: "42", columns: ["age"] }, COLUMNS, "t1", NONE)).toBe(
    `SELECT "age"\nFROM t1\nWHERE ("age" = 42\n    OR contains(lower(CAST("the ""city""" AS VARCHAR)), '42')\n    OR contains(lower(CAST("size" AS VARCHAR)), '42'));`,
  );
  const some = [COLUMNS[2], COLUMNS[4]].filter((column) => column !== undefined);
  expect(asSql({ filter: [], search: "True", columns: null }, some, "t1", NONE)).toContain('("ok" = TRUE)');
  expect(asPandas({ filter: [], search: "2024-05-31", columns: null }, some, NONE)).toBe(
    'df = df[(df["when"] >= pd.Timestamp("2024-05-31")) & (df["when"] <= pd.Timestamp("2024-05-31T23:59:59.999999999"))]',
  );
  expect(asPandas({ filter: [], search: "nowhere", columns: null }, some, NONE)).toBe(
    "df = df[pd.Series(False, index=df.index)]",
  );
});

it("asks of no column more than it must know", () => {
  expect(traitsNeeded(COLUMNS, { filter: [], sort: { column: "size", descending: true } })).toEqual([3]);
  expect(traitsNeeded(COLUMNS, { filter: [], search: "x" })).toEqual([2]);
  const summary = { name: "when", type: "datetime", count: 1, missing: 0, unique: 1 } as const;
  expect(traitsOf({ ...summary, min: "2024-01-01T00:00:00Z" }).zoned).toBe(true);
  expect(traitsOf({ ...summary, min: "2024-01-01T00:00:00" }).zoned).toBe(false);
});
