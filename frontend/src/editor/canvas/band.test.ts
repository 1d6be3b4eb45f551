import { expect, it } from "vitest";
import { afterBand } from "./band";

it("adds what is in the rubber band to the selection, or takes it away", () => {
  const before = new Set(["a", "b"]);
  expect([...afterBand("add", before, new Set(["b", "c"]))]).toEqual(["a", "b", "c"]);
  expect([...afterBand("subtract", before, new Set(["b", "c"]))]).toEqual(["a"]);
  expect([...afterBand("add", before, new Set())]).toEqual(["a", "b"]);
});
