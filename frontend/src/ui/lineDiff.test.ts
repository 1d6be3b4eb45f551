import { expect, it } from "vitest";
import { lineDiff } from "./lineDiff";

const marks = { same: " ", added: "+", removed: "-" };
const told = (before: string, after: string, around?: number) =>
  lineDiff(before, after, around).map((line) => (line ? marks[line.kind] + line.text : "…"));

it("tells lines that came, went and stayed", () => {
  expect(told("a\nb\nc\nd", "a\nx\nc\nd\ne")).toEqual([" a", "-b", "+x", " c", " d", "+e"]);
  expect(told("a", "a")).toEqual(["…"]);
  expect(told("", "a\nb")).toEqual(["-", "+a", "+b"]);
  expect(told("a\n", "a")).toEqual([" a", "-"]);
});

it("numbers lines as they stand in their text", () => {
  expect(lineDiff("a\nb\nc", "a\nc")).toContainEqual({ kind: "removed", text: "b", line: 2 });
  expect(lineDiff("a\nb\nc", "a\nc").at(-1)).toEqual({ kind: "same", text: "c", line: 2 });
});

it("leaves out what is far from any change", () => {
  const lines = Array.from({ length: 20 }, (_, n) => `line ${n}`);
  const now = lines.with(10, "new").join("\n");
  expect(told(lines.join("\n"), now, 1)).toEqual(["…", " line 9", "-line 10", "+new", " line 11", "…"]);
});

it("tells texts that have nothing in common as replaced, in no time", () => {
  const lines = (word: string) => Array.from({ length: 20_000 }, (_, n) => `${word} ${n}`).join("\n");
  const shown = told(lines("old"), lines("new"));
  expect(shown).toHaveLength(40_000);
  expect([shown[0], shown.at(-1)]).toEqual(["-old 0", "+new 19999"]);
});
