import { expect, it } from "vitest";
import type { Column } from "../../api/types";
import { asPandas } from "./viewAsPandas";
import { asSql, type AskedView } from "./viewAsSql";

const COLUMNS: Column[] = [
  { name: "age", type: "integer" },
  { name: 'the "city"', type: "categorical" },
  { name: "when", type: "datetime" },
];
const VIEW: AskedView = {
  filter: [
    { column: "age", op: "gt", value: 30 },
    { column: 'the "city"', op: "contains", value: "O'Hare" },
    { column: "when", op: "ge", value: "2024-01-01" },
  ],
  sort: "-age",
  columns: null,
};

it("tells a view as a query", () => {
  expect(asSql(VIEW, COLUMNS, "t1")).toBe(
    [
      "SELECT *",
      "FROM t1",
      'WHERE "age" > 30',
      `  AND contains(lower(CAST("the ""city""" AS VARCHAR)), 'o''hare')`,
      `  AND "when" >= TIMESTAMP '2024-01-01'`,
      'ORDER BY "age" DESC NULLS LAST;',
    ].join("\n"),
  );
});

it("tells a view as a line of pandas", () => {
  expect(asPandas({ filter: [{ column: "age", op: "in", value: [1, 2] }], columns: ["age"] }, COLUMNS)).toBe(
    'df = df[df["age"].isin([1, 2])][["age"]]',
  );
  expect(asPandas(VIEW, COLUMNS)).toBe(
    'df = df[(df["age"] > 30) & (df["the \\"city\\""].astype(str).str.contains("O\'Hare", case=False, regex=False, na=False)) & (df["when"] >= pd.Timestamp("2024-01-01"))].sort_values("age", ascending=False, kind="stable")',
  );
});

it("searches texts, and numbers by their value", () => {
  expect(asSql({ filter: [], search: "42", columns: ["age"] }, COLUMNS, "t1")).toBe(
    'SELECT "age"\nFROM t1\nWHERE ("age" = 42\n    OR contains(lower(CAST("the ""city""" AS VARCHAR)), \'42\'));',
  );
});
