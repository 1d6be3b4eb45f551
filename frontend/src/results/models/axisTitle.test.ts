import { expect, test } from "vitest";
import { axisTitle } from "./axisTitle";

test("an axis names its share and what weighs most in it, with the sign", () => {
  expect(
    axisTitle(
      {
        share: 0.618,
        parts: [
          ["alcohol", 0.9],
          ["ash", -0.4],
          ["hue", 0.1],
        ],
      },
      0,
    ),
  ).toBe("Component 1 (62 %): + alcohol − ash");
});

test("a component of nothing has a number alone", () => {
  expect(axisTitle({ share: null, parts: [] }, 1)).toBe("Component 2");
});
