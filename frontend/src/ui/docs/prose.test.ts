import { describe, expect, it } from "vitest";
import { blocksOf, spansOf } from "./prose";

describe("a docstring", () => {
  it("is paragraphs, lists and examples", () => {
    const docs = "Divides the rows\nof a table.\n\n- **One** way\n- another\n  one\n\n>>> f(1)\n2";
    expect(blocksOf(docs)).toEqual([
      { kind: "text", text: "Divides the rows of a table." },
      { kind: "list", items: ["**One** way", "another one"] },
      { kind: "example", text: ">>> f(1)\n2" },
    ]);
  });

  it("marks names and code", () => {
    expect(spansOf("**Seed** is `0` or *more*")).toEqual([
      { text: "Seed", look: "strong" },
      { text: " is ", look: "plain" },
      { text: "0", look: "code" },
      { text: " or ", look: "plain" },
      { text: "more", look: "emphasis" },
    ]);
  });
});
