import { expect, test } from "vitest";
import { sorted } from "./useOrder";

const names = (items: { name: string | null }[]) => items.map(({ name }) => name);

test("names are sorted as people count, not as machines spell", () => {
  const items = ["run 10", "Run 2", "alpha"].map((name) => ({ name }));
  expect(names(sorted(items, ({ name }) => name, false))).toEqual(["alpha", "Run 2", "run 10"]);
});

test("what has no value comes last either way", () => {
  const items = [{ name: null }, { name: "b" }, { name: "a" }];
  expect(names(sorted(items, ({ name }) => name, false))).toEqual(["a", "b", null]);
  expect(names(sorted(items, ({ name }) => name, true))).toEqual(["b", "a", null]);
});
