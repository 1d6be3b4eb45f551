import { describe, expect, it } from "vitest";
import type { LineChange, LineValue } from "../../../../api/types";
import { lineText } from "./lineText";

const change = (told: Partial<LineChange>): LineChange => ({
  name: "df",
  type: "DataFrame",
  text: "",
  shape: null,
  bytes: null,
  columns: null,
  head: null,
  rows_before: null,
  new_columns: [],
  gone_columns: 0,
  ...told,
});
const line = (told: Partial<LineValue>): LineValue => ({
  line: 1,
  kind: "set",
  times: 1,
  seconds: 0,
  values: [],
  ...told,
});

describe("what a line made", () => {
  it.each([
    [
      line({ seconds: 0.0081, values: [change({ shape: [1204, 7], rows_before: 1516 })] }),
      "1,204 × 7, −312 rows, 8 ms",
    ],
    [
      line({ values: [change({ shape: [3, 2], rows_before: 3, new_columns: ["a"] })] }),
      "3 × 2, 1 new column",
    ],
    [
      line({ values: [change({ shape: [3, 2], rows_before: 2, gone_columns: 2 })] }),
      "3 × 2, +1 row, 2 columns gone",
    ],
    [line({ kind: "loop", times: 1000 }), "1,000 rounds"],
    [line({ times: 20, values: [change({ name: "n", type: "int", text: "5" })] }), "20 times, 5"],
    [line({ kind: "given", values: [change({ shape: [2, 1] })] }), "df 2 × 1"],
    [line({ seconds: 0.0002 }), ""],
  ])("%#", (told, text) => {
    expect(lineText(told)).toBe(text);
  });
});
