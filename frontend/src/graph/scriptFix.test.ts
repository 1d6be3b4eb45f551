import { describe, expect, it } from "vitest";
import { applyFix, offsetAt } from "./scriptFix";

describe("a quick fix", () => {
  it("puts text in place of what stands there, line by line", () => {
    const script = "import os\nx = df['Pirce']\n";
    const price = { line: 2, column: 7, end_line: 2, end_column: 14, text: '"Price"' };
    const line = { line: 1, column: 0, end_line: 2, end_column: 0, text: "" };
    expect(applyFix(script, { title: "", edits: [line, price] })).toBe('x = df["Price"]\n');
  });

  it("stays inside of the text", () => {
    expect([offsetAt("ab\nc", 1, 9), offsetAt("ab\nc", 2, 1), offsetAt("ab\nc", 9, 0)]).toEqual([2, 4, 4]);
  });
});
