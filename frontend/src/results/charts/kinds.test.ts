import { expect, it } from "vitest";
import type { Column } from "../../api/types";
import { kindsFor, startColumn } from "./kinds";

const [number, time, word]: Column[] = [
  { name: "n", type: "float" },
  { name: "t", type: "datetime" },
  { name: "w", type: "string" },
] as const as unknown as [Column, Column, Column];

it("offers what fits, the best first", () => {
  expect(kindsFor(number, undefined)[0]).toBe("histogram");
  expect(kindsFor(time, undefined)[0]).toBe("line");
  expect(kindsFor(word, undefined)).toEqual(["bar"]);
  expect(kindsFor(number, number)[0]).toBe("scatter");
  expect(kindsFor(time, number)[0]).toBe("line");
  expect(kindsFor(word, number)[0]).toBe("box");
  expect(kindsFor(number, word)[0]).toBe("box");
  expect(kindsFor(word, word)).toEqual(["cross"]);
});

it("begins with the column that was asked for, else with one that has a shape", () => {
  expect(startColumn([word, number], "w")?.name).toBe("w");
  expect(startColumn([word, number], "")?.name).toBe("n");
});
