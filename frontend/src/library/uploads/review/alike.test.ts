import { expect, test } from "vitest";
import type { PreviewColumn, ReadAs } from "../../../api/review";
import { alike } from "./alike";

const column = (original: string, ...could_be: ReadAs[]): PreviewColumn => ({
  original,
  name: original,
  type: "string",
  could_be,
});

test("columns that could be one thing alone are taken together, from two on", () => {
  const columns = [
    column("a", "comma-number"),
    column("b", "day-first", "month-first"),
    column("c", "comma-number"),
    column("d", "day-first"),
    column("e"),
  ];
  expect([...alike(columns)]).toEqual([["comma-number", ["a", "c"]]]);
});
