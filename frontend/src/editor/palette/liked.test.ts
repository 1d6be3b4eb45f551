import { beforeEach, expect, it } from "vitest";
import { byUse, entryKey, noteUse, toggleFavourite, useLiked } from "./liked";

beforeEach(() => useLiked.setState({ favourites: [], recent: [], uses: {} }));

it("remembers what was used last, and puts first what is used most", () => {
  for (const key of ["a", "b", "c", "d", "e", "f", "b"]) noteUse(key);
  expect(useLiked.getState().recent).toEqual(["b", "f", "e", "d", "c"]);
  expect(byUse(["x", "a", "b"], (key) => key, useLiked.getState().uses)).toEqual(["b", "a", "x"]);
});

it("keeps favourites until they are taken back", () => {
  toggleFavourite("a");
  toggleFavourite("b");
  toggleFavourite("a");
  expect(useLiked.getState().favourites).toEqual(["b"]);
  expect(entryKey("dataset", { dataset: "Iris" })).toBe("dataset:Iris");
});
