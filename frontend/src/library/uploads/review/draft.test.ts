import { expect, test } from "vitest";
import { readAs, say, sayOf, type Draft } from "./draft";

const nothing: Draft = { type: undefined, reading: {} };

test("what is taken back is not said any more", () => {
  const said = say(nothing, { delimiter: ";", missing: ["-9"] });
  expect(said.reading).toEqual({ delimiter: ";", missing: ["-9"] });
  expect(say(said, { delimiter: undefined, missing: [] }).reading).toEqual({});
});

test("a column is told by the file's own name, also after it got another", () => {
  const renamed = sayOf(nothing, "age", { name: "Age" });
  const typed = sayOf(renamed, "age", { type: "integer" });
  expect(typed.reading.columns).toEqual({ age: { name: "Age", type: "integer" } });
  expect(sayOf(renamed, "age", { name: "" }).reading).toEqual({});
});

test("another format forgets the old one's columns, but not what becomes of bad rows", () => {
  const said = say(sayOf(nothing, "age", { type: "integer" }), { bad_rows: "apart" });
  expect(readAs(said, "tsv")).toEqual({ type: "tsv", reading: { bad_rows: "apart" } });
});
