import { beforeEach, expect, it } from "vitest";
import { catalog } from "../../testing/graph";
import { byUse, entryKey, noteUse, toggleFavorite, useLiked } from "./liked";

beforeEach(() => useLiked.setState({ favorites: [], recent: [], uses: {} }));

it("remembers what was used last, and puts first what is used most", () => {
  for (const key of ["a", "b", "c", "d", "e", "f", "b"]) noteUse(key);
  expect(useLiked.getState().recent).toEqual(["b", "f", "e", "d", "c"]);
  expect(byUse(["x", "a", "b"], (key) => key, useLiked.getState().uses)).toEqual(["b", "a", "x"]);
});

it("keeps favorites until they are taken back", () => {
  toggleFavorite("a");
  toggleFavorite("b");
  toggleFavorite("a");
  expect(useLiked.getState().favorites).toEqual(["b"]);
  expect(entryKey(catalog, { module: "dataset", params: { dataset: "Iris" } })).toBe("dataset:Iris");
});

it("takes over favorites that an older version stored", async () => {
  localStorage.setItem(
    "studio.palette",
    JSON.stringify({ state: { favourites: ["a"], recent: ["b"], uses: {} }, version: 0 }),
  );
  await useLiked.persist.rehydrate();
  expect(useLiked.getState()).toMatchObject({ favorites: ["a"], recent: ["b"] });
});
