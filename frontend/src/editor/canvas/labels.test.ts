import { expect, it } from "vitest";
import { Labels } from "./labels";

const label = (x: number, y: number) => ({ x, y, width: 60, height: 14 });

it("stacks the labels of wires whose middles lie together, and leaves others alone", () => {
  const labels = new Labels();
  expect(labels.shift("a", label(0, 0))).toBe(0);
  expect(labels.shift("b", label(10, 2))).toBe(16);
  expect(labels.shift("c", label(-10, 0))).toBe(-16);
  expect(labels.shift("d", label(200, 0))).toBe(0);
});

it("keeps a label where it is until its wire moves, and takes the room of one that went", () => {
  const labels = new Labels();
  labels.shift("a", label(0, 0));
  expect(labels.shift("b", label(0, 0))).toBe(16);
  labels.forget("a");
  expect(labels.shift("b", label(0, 0))).toBe(16);
  expect(labels.shift("b", label(0, 1))).toBe(0);
});
