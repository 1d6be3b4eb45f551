import { expect, it } from "vitest";
import { lineDiff, withContext } from "./lineDiff";

const marks = { same: " ", added: "+", removed: "-" };
const told = (before: string, after: string) =>
  lineDiff(before, after).map(({ kind, text }) => marks[kind] + text);

it("tells lines that came, went and stayed", () => {
  expect(told("a\nb\nc\nd", "a\nx\nc\nd\ne")).toEqual([" a", "-b", "+x", " c", " d", "+e"]);
  expect(told("a", "a")).toEqual([" a"]);
  expect(told("", "a\nb")).toEqual(["-", "+a", "+b"]);
});

it("numbers lines as they stand in their text", () => {
  expect(lineDiff("a\nb\nc", "a\nc")).toContainEqual({ kind: "removed", text: "b", line: 2 });
  expect(lineDiff("a\nb\nc", "a\nc").at(-1)).toEqual({ kind: "same", text: "c", line: 2 });
});

it("leaves out what is far from any change", () => {
  const lines = Array.from({ length: 20 }, (_, n) => `line ${n}`);
  const shown = withContext(lineDiff(lines.join("\n"), lines.with(10, "new").join("\n")), 1);
  expect(shown.map((line) => line?.text ?? "…")).toEqual(["…", "line 9", "line 10", "new", "line 11", "…"]);
});
