import { expect, it } from "vitest";
import { filterText, opsFor, readFilter } from "./filters";

it("reads what a person typed by the column's type", () => {
  expect(readFilter("age", "integer", "gt", " 30 ")).toEqual({ column: "age", op: "gt", value: 30 });
  expect(readFilter("age", "integer", "gt", "old")).toBe("Enter a number, such as 30 or 1.5.");
  expect(readFilter("ok", "boolean", "eq", "True")).toEqual({ column: "ok", op: "eq", value: true });
  expect(readFilter("age", "integer", "in", "1, 2")).toEqual({ column: "age", op: "in", value: [1, 2] });
  expect(readFilter("age", "integer", "missing", "")).toEqual({ column: "age", op: "missing" });
});

it("reads numbers as the page writes them, and every digit of long ones", () => {
  const read = (typed: string) => {
    const filter = readFilter("n", "float", "eq", typed);
    return typeof filter === "string" ? null : filter.value;
  };
  expect(read("12,000")).toBe(12000);
  expect(read("1,234,567.5")).toBe(1234567.5);
  expect(read("1,5")).toBe(1.5);
  expect(read("-.5e3")).toBe(-500);
  expect(read("9007199254740993")).toBe("9007199254740993");
  expect(read("inf")).toBe("Infinity");
  expect(read("-Infinity")).toBe("-Infinity");
  for (const none of ["", "0x10", "1_000", "NaN", "1,2,3", "true"]) expect(read(none)).toBeNull();
});

it("reads days and times, and asks for them where it cannot", () => {
  const read = (typed: string) => {
    const filter = readFilter("d", "datetime", "ge", typed);
    return typeof filter === "string" ? filter : filter.value;
  };
  expect(read("2024")).toBe("2024-01-01");
  expect(read("2024-05")).toBe("2024-05-01");
  expect(read("2024-05-31 14:30")).toBe("2024-05-31T14:30");
  expect(read("2024-05-31T14:30:00.5z")).toBe("2024-05-31T14:30:00.5Z");
  expect(read("1/2/2024")).toMatch(/^Enter a date/);
});

it("takes quotes around values that hold commas", () => {
  const read = (typed: string) => readFilter("c", "string", "in", typed);
  expect(read('"a, b", c ,"say ""x""",')).toEqual({
    column: "c",
    op: "in",
    value: ["a, b", "c", 'say "x"', ""],
  });
  expect(read('5" pipe, x')).toEqual({ column: "c", op: "in", value: ['5" pipe', "x"] });
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
