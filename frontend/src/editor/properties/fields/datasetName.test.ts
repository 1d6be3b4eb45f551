import { expect, test } from "vitest";
import { named, nameOf, versionOf } from "./datasetName";

test.each([
  ["sales", "sales", null],
  ["sales@2", "sales", 2],
  ["north @ sea@12", "north @ sea", 12],
  ["", "", null],
])("%s", (said, name, version) => {
  expect([nameOf(said), versionOf(said)]).toEqual([name, version]);
  expect(named(name, version)).toBe(said);
});
