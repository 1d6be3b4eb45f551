import { expect, it } from "vitest";
import type { Column } from "../../api/types";
import {
  hide,
  isPlain,
  moveBy,
  moveTo,
  PLAIN,
  show,
  shownColumns,
  togglePin,
  type ColumnLayout,
} from "./columnLayout";

const COLUMNS: Column[] = ["a", "b", "c", "d"].map((name) => ({ name, type: "string" }));
const names = (layout: ColumnLayout) =>
  shownColumns(COLUMNS, layout)
    .map(({ column, pinned }) => (pinned ? `[${column.name}]` : column.name))
    .join("");

it("leaves a table as it is until something is asked", () => {
  expect(names(PLAIN)).toBe("abcd");
  expect(isPlain(PLAIN)).toBe(true);
});

it("hides and shows", () => {
  const layout = hide(PLAIN, [1, 3]);
  expect(names(layout)).toBe("ac");
  expect(names(show(layout, [3]))).toBe("acd");
});

it("pins in front, and lets go back to the old place", () => {
  const pinned = togglePin(togglePin(PLAIN, 2), 0);
  expect(names(pinned)).toBe("[c][a]bd");
  expect(names(togglePin(pinned, 2))).toBe("[a]bcd");
});

it("moves a column to where it was dropped, both ways", () => {
  expect(names(moveTo(4, PLAIN, 0, 2))).toBe("bcad");
  expect(names(moveTo(4, PLAIN, 3, 1))).toBe("adbc");
});

it("takes on the pin of the place it is dropped on", () => {
  const pinned = togglePin(PLAIN, 2);
  expect(names(moveTo(4, pinned, 0, 2))).toBe("[a][c]bd");
  expect(names(moveTo(4, pinned, 2, 3))).toBe("abdc");
});

it("moves by one among those shown, and stops at the ends", () => {
  const layout = hide(PLAIN, [1]);
  expect(names(moveBy(COLUMNS, layout, 0, 1))).toBe("cad");
  expect(names(moveBy(COLUMNS, layout, 0, -1))).toBe("acd");
});
