import { expect, it } from "vitest";
import { takeTurn } from "./turns";

it("starts three at once, the next when one is done, and forgets one that left the row", () => {
  const started: number[] = [];
  const done = [1, 2, 3, 4, 5].map((one) => takeTurn(() => started.push(one)));
  expect(started).toEqual([1, 2, 3]);
  done[3]?.();
  done[0]?.();
  done[0]?.();
  expect(started).toEqual([1, 2, 3, 5]);
  for (const end of done) end();
  takeTurn(() => started.push(6))();
  expect(started).toEqual([1, 2, 3, 5, 6]);
});
