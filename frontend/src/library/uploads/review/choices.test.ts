import { expect, it } from "vitest";
import { readAsWord, signOf } from "./choices";

it("tells dates with the sign that the column has", () => {
  expect(readAsWord("day-first", signOf([null, "soon", "31.12.2024"]))).toBe("date like 31.12.2024");
  expect(readAsWord("month-first", signOf(["12-31-2024"]))).toBe("date like 12-31-2024");
  expect(readAsWord("day-first", signOf(["31/12/2024"]))).toBe("date like 31/12/2024");
  expect(readAsWord("day-first", signOf([1, null, "x"]))).toBe("date like 31/12/2024");
  expect(readAsWord("comma-number", ".")).toBe("number like 1.234,5");
});
