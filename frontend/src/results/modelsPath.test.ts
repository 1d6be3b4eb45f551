import { expect, test } from "vitest";
import { modelsPath, readComparison, type ModelComparison } from "./modelsPath";

test("a link to a comparison reads back as what it was made of", () => {
  const comparison: ModelComparison = {
    items: [
      { kind: "model", artifact: "a1", name: "Trees & co" },
      { kind: "scored", artifact: "b2", name: "Run 3" },
    ],
    table: { artifact: "c3", name: "Test rows" },
  };
  expect(readComparison(new URLSearchParams(modelsPath(comparison).split("?")[1]))).toEqual(comparison);
});

test("a link without names numbers its models", () => {
  expect(readComparison(new URLSearchParams("model=a&scored=b"))).toEqual({
    items: [
      { kind: "model", artifact: "a", name: "Model 1" },
      { kind: "scored", artifact: "b", name: "Model 2" },
    ],
  });
});
