import { expect, it } from "vitest";
import { cellText, dayText, fullText, hasDaysOnly, isCut, numberText } from "./cells";

it("shows numbers without noise, and whole ones in full", () => {
  expect(numberText(0.1 + 0.2)).toBe("0.3");
  expect(numberText(12345.678901)).toBe("12345.68");
  expect(numberText(12345678.9)).toBe("12345678.9");
  expect(numberText(1e-9)).toBe("1e-9");
  expect(numberText(2.5e20)).toBe("2.5e20");
  expect(numberText(1234567890123)).toBe("1234567890123");
  expect(numberText(100)).toBe("100");
  expect(numberText(-0.25)).toBe("-0.25");
});

it("knows a text of which there is more", () => {
  expect(isCut(`${"x".repeat(200)}… (1,000,000 characters)`)).toBe(true);
  expect(isCut("a note… (12 characters)")).toBe(true);
  expect(isCut("a long enough note… (12 characters)")).toBe(false);
  expect(isCut(12)).toBe(false);
});

it("shows every digit of an integer", () => {
  expect(cellText(1234567890123456, "integer")).toBe("1234567890123456");
  expect(cellText("9007199254740993", "integer")).toBe("9007199254740993");
  expect(cellText(1234567890123456, "float")).toBe("1.23457e15");
});

it("cuts long text in the cell and keeps it whole when opened", () => {
  const long = "x".repeat(10_000);
  expect(cellText(long, "string")).toHaveLength(201);
  expect(fullText(long)).toBe(long);
  expect(cellText("2024-01-02T03:04:05", "datetime")).toBe("2024-01-02 03:04:05");
});

it("a column of days has no midnights", () => {
  const cells = ["2024-12-31T00:00:00", null, "2024-01-01T00:00:00Z"];
  expect(hasDaysOnly(cells)).toBe(true);
  expect(cells.map((value) => cellText(value, "datetime", true))).toEqual(["2024-12-31", "", "2024-01-01"]);
  expect(dayText("2024-12-31T08:30:00")).toBe("2024-12-31T08:30:00");
});

it("one time among them, and all have theirs", () => {
  expect(hasDaysOnly(["2024-12-31T00:00:00", "2024-12-31T08:30:00"])).toBe(false);
  expect(hasDaysOnly([null])).toBe(false);
});
