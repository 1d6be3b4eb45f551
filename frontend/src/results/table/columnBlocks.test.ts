import { describe, expect, it } from "vitest";
import { summedUpWith } from "./columnBlocks";

describe("what is summed up together", () => {
  it("is a small table as a whole", () => {
    expect(summedUpWith(1000, 20, 7)).toEqual({ window: undefined, place: 7 });
  });
  it("are eight columns of a large table", () => {
    expect(summedUpWith(1_000_000, 20, 19)).toEqual({ window: { first_column: 16, columns: 8 }, place: 3 });
  });
  it("is a block of a wide one", () => {
    expect(summedUpWith(100, 5000, 65)).toEqual({ window: { first_column: 64, columns: 64 }, place: 1 });
  });
  it("is a narrow table as a whole, however long", () => {
    expect(summedUpWith(10_000_000, 6, 2)).toEqual({ window: undefined, place: 2 });
  });
});
