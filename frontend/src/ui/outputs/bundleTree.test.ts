import { expect, it } from "vitest";
import { treeRows } from "./bundleTree";

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
