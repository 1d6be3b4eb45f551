import { expect, it } from "vitest";
import { filterText, opsFor, readFilter } from "./filters";

it("reads what a person typed by the column's type", () => {
  expect(readFilter("age", "integer", "gt", " 30 ")).toEqual({ column: "age", op: "gt", value: 30 });
  expect(readFilter("age", "integer", "gt", "old")).toBe("Give a number, such as 30 or 1.5.");
  expect(readFilter("ok", "boolean", "eq", "True")).toEqual({ column: "ok", op: "eq", value: true });
  expect(readFilter("age", "integer", "in", "1, 2")).toEqual({ column: "age", op: "in", value: [1, 2] });
  expect(readFilter("age", "integer", "missing", "")).toEqual({ column: "age", op: "missing" });
});

it("says filters in words", () => {
  expect(filterText({ column: "age", op: "ge", value: 30 })).toBe("age ≥ 30");
  expect(filterText({ column: "age", op: "missing" })).toBe("age is missing");
  expect(filterText({ column: "c", op: "in", value: ["a", "b"] })).toBe("c is one of a, b");
});

it("offers text comparisons for text only", () => {
  expect(opsFor("string")[0]?.value).toBe("contains");
  expect(opsFor("float").map(({ value }) => value)).not.toContain("contains");
});
