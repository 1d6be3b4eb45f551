import { expect, it } from "vitest";
import type { Picture } from "../../api/types";
import { withoutTwins } from "./twins";

const picture = (name: string): Picture => ({ name }) as Picture;

it("shows a plot once that is there as PNG and as SVG", () => {
  const { pictures, svgOf } = withoutTwins(["own.svg", "p-1.png", "p-1.svg", "photo.jpg"].map(picture));
  expect(pictures.map(({ name, index }) => [name, index])).toEqual([
    ["own.svg", 0],
    ["p-1.png", 1],
    ["photo.jpg", 3],
  ]);
  expect([...svgOf]).toEqual([[1, 2]]);
});
