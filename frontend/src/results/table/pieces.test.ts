import { describe, expect, it } from "vitest";
import { piecesOf } from "./pieces";

describe("a long text in pieces", () => {
  it("ends them with lines, then with words, then anywhere", () => {
    expect(piecesOf("one two\nthree four", 12)).toEqual(["one two\n", "three four"]);
    expect(piecesOf("one two three", 9)).toEqual(["one two ", "three"]);
    expect(piecesOf("onetwothree", 4)).toEqual(["onet", "woth", "ree"]);
  });
  it("splits no character", () => {
    expect(piecesOf("ab😀cd", 3)).toEqual(["ab", "😀c", "d"]);
    expect(piecesOf("", 3)).toEqual([]);
  });
});
