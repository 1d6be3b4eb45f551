import { describe, expect, it } from "vitest";
import { describeSelection, named, readSelection, singleName } from "./selection";

describe("the column picker's value", () => {
  it("reads a plain list and a comma-separated text as names in this order", () => {
    expect(readSelection(["a", "b"])).toEqual(named(["a", "b"]));
    expect(readSelection("a, b")).toEqual(named(["a", "b"]));
    expect(named(["a", "b"]).ordered).toBe(true);
  });

  it("keeps rules as they are", () => {
    const value = {
      begin: "all",
      rules: [{ by: "types", values: ["string"], exclude: true }],
      ordered: false,
    };
    expect(readSelection(value)).toEqual(value);
    expect(describeSelection(readSelection(value))).toBe("All columns, without text");
  });

  it("gives the one name of a single picker, and says where rules pick the column", () => {
    expect(singleName(["label"])).toBe("label");
    expect(singleName(null)).toBe("");
    expect(singleName({ rules: [{ by: "indexes", values: ["3"] }] })).toBeNull();
  });
});
