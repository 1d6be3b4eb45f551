import { expect, it } from "vitest";
import { allFolders, commonTags, found, foldersIn, parentOf, pathTo, tagsOf, tidied } from "./shelf";

const item = (name: string, folder = "", ...tags: string[]) => ({ id: name, name, folder, tags });
const ITEMS = [
  item("top"),
  item("a", "Sales", "red"),
  item("b", "Sales/2024", "red", "blue"),
  item("c", "Sales/2023/May"),
  item("d", "Salesmen"),
];
const names = (question: { folder?: string; tags?: string[]; search?: string }) =>
  found(ITEMS, { folder: "", tags: [], search: "", ...question }, () => "").map(({ name }) => name);

it("a folder shows what lies right in it, and the folders in it with all that is below", () => {
  expect(names({})).toEqual(["top"]);
  expect(names({ folder: "Sales" })).toEqual(["a"]);
  expect(foldersIn(ITEMS, "")).toEqual([
    { name: "Sales", items: 3 },
    { name: "Salesmen", items: 1 },
  ]);
  expect(foldersIn(ITEMS, "Sales")).toEqual([
    { name: "Sales/2023", items: 1 },
    { name: "Sales/2024", items: 1 },
  ]);
  expect(allFolders(ITEMS)).toEqual(["Sales", "Sales/2023", "Sales/2023/May", "Sales/2024", "Salesmen"]);
});

it("words and tags look below the folder, not beside it", () => {
  expect(names({ folder: "Sales", tags: ["red"] })).toEqual(["a", "b"]);
  expect(names({ folder: "Sales", search: "may" })).toEqual(["c"]);
  expect(names({ search: "sales blue" })).toEqual(["b"]);
  expect(names({ folder: "Sales", search: "salesmen" })).toEqual([]);
  expect(tagsOf(ITEMS)).toEqual([
    { name: "blue", items: 1 },
    { name: "red", items: 2 },
  ]);
  expect(commonTags(ITEMS.slice(1, 3))).toEqual(["red"]);
});

it("a path is tidied and taken apart", () => {
  expect(tidied(" / Sales /  my  2024 //")).toBe("Sales/my 2024");
  expect(pathTo("a/b/c")).toEqual(["a", "a/b", "a/b/c"]);
  expect([parentOf("a/b"), parentOf("a")]).toEqual(["a", ""]);
});
