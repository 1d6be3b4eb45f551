import { expect, it } from "vitest";
import { layTree } from "./treeLayout";

const leaf = (rows: number) => ({ rows, value: rows, more: false });

it("lays leaves side by side and parents above the middle of their children", () => {
  const root = {
    ...leaf(6),
    column: "a",
    threshold: 1,
    left: leaf(2),
    right: { ...leaf(4), column: "b", threshold: null, left: leaf(1), right: leaf(3) },
  };
  const { nodes, columns, levels } = layTree(root);
  expect([columns, levels]).toEqual([3, 3]);
  const place = (rows: number) => nodes.find(({ node }) => node.rows === rows);
  expect(place(2)).toMatchObject({ x: 0, y: 1, parent: { y: 0, side: "left" } });
  expect(place(4)).toMatchObject({ x: 1.5, y: 1 });
  expect(place(6)).toMatchObject({ x: 0.75, y: 0, parent: null });
});
