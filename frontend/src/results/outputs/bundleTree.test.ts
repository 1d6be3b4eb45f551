import { expect, it } from "vitest";
import { topFolders, treeRows } from "./bundleTree";

const ENTRIES = [
  { name: "readme.md", bytes: 5 },
  { name: "lib/b.py", bytes: 2 },
  { name: "lib/deep/c.py", bytes: 3 },
];
const drawn = (closed: string[] = []) =>
  treeRows(ENTRIES, new Set(closed)).map(({ name, depth, bytes }) => `${"-".repeat(depth)}${name} ${bytes}`);

it("draws folders first, with the sizes of all they hold", () => {
  expect(drawn()).toEqual(["lib 5", "-deep 3", "--c.py 3", "-b.py 2", "readme.md 5"]);
});

it("leaves out what is in a closed folder", () => {
  expect(drawn(["lib"])).toEqual(["lib 5", "readme.md 5"]);
});

it("counts as people do, and knows the folders at the top", () => {
  const many = ["b/10.txt", "b/9.txt", "a/x/y.txt", "10.txt", "9.txt"].map((name) => ({ name, bytes: 1 }));
  expect(treeRows(many, topFolders(many)).map(({ path }) => path)).toEqual(["a", "b", "9.txt", "10.txt"]);
  expect(
    treeRows(many, new Set(["a"]))
      .map(({ path }) => path)
      .slice(1, 4),
  ).toEqual(["b", "b/9.txt", "b/10.txt"]);
});
