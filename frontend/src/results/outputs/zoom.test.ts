import { expect, it } from "vitest";
import { nextZoom, zoomAt } from "./zoom";

it("keeps the point under the pointer where it is", () => {
  expect(zoomAt(0, 100, 2)).toBe(100);
  expect(zoomAt(50, 0, 2)).toBe(100);
});

it("stops where nothing more is to be seen", () => {
  expect(nextZoom(15, 2)).toBe(16);
  expect(nextZoom(0.06, 0.5)).toBe(0.05);
});
