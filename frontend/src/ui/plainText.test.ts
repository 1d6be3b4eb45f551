import { expect, it } from "vitest";
import { lineBeside, plainText } from "./plainText";

it("leaves backticks out where code cannot be drawn", () => {
  expect(plainText("Return `frame,` at `x`; it`s")).toBe("Return frame, at x; it`s");
});

it("says a line once", () => {
  expect(lineBeside("The script has a syntax error: invalid syntax.", 6)).toBe(6);
  expect(lineBeside("Line 6: invalid syntax.", 6)).toBeNull();
  expect(lineBeside("It failed.", null)).toBeNull();
});
