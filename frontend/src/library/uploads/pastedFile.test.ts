import { expect, test } from "vitest";
import { pastedFile } from "./pastedFile";

const now = new Date("2026-05-04T03:02:01Z");

test("cells of a spreadsheet come apart by tabs", async () => {
  const file = pastedFile("a\tb\r\n1\t2\r\n", now);
  expect(file.name).toBe("Pasted 2026-05-04 03.02.01.tsv");
  expect(await file.text()).toBe("a\tb\r\n1\t2\r\n");
});

test("anything else is CSV", () => {
  expect(pastedFile("a,b\n1,2\t3", now).name).toMatch(/\.csv$/);
  expect(pastedFile("name\nAda\n", now).name).toMatch(/\.csv$/);
});

test.each([
  ["\tone\n1\t2", "tsv"],
  ["a few words from a page\n", "txt"],
  ['{"a": 1}\n{"a": 2}', "jsonl"],
  ['[\n{"a": 1}]', "json"],
  ['{\n"a": [1]}', "json"],
])("%j is %s", (text, ending) => {
  expect(pastedFile(text, now).name).toBe(`Pasted 2026-05-04 03.02.01.${ending}`);
});
