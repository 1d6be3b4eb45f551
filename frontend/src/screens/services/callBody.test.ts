import { expect, test } from "vitest";
import type { ServiceEnd, ServiceParameter } from "../../api/services";
import { callBody, firstDrafts, tableOf } from "./callBody";

const INPUT: ServiceEnd = {
  name: "input1",
  type: "table",
  columns: [
    { name: "age", type: "integer", optional: false, levels: null, sample: "41" },
    { name: "note", type: "string", optional: true, levels: null, sample: null },
  ],
};
const parameter = (name: string, type: ServiceParameter["type"]): ServiceParameter => ({
  name,
  type,
  default: null,
  required: false,
  choices: null,
  min: null,
  max: null,
  help: "",
});

test("the form opens with sample values and can be called at once", () => {
  expect(callBody([INPUT], firstDrafts([INPUT]), [], {})).toEqual({
    Inputs: { input1: { ColumnNames: ["age"], Values: [["41"]] } },
    GlobalParameters: {},
  });
});

test("an empty field of a needed column is a missing value", () => {
  const drafts = firstDrafts([INPUT]);
  drafts.input1 = { mode: "row", row: { age: "", note: "a" }, table: "" };
  expect(callBody([INPUT], drafts, [], {}).Inputs.input1).toEqual({
    ColumnNames: ["age", "note"],
    Values: [[null, "a"]],
  });
});

test("a table is read as a spreadsheet copies it, or as a CSV file writes it", () => {
  expect(tableOf("age\tnote\n1\ta, b\n2\t\n")).toEqual({
    ColumnNames: ["age", "note"],
    Values: [
      ["1", "a, b"],
      ["2", null],
    ],
  });
  expect(tableOf('age,note\r\n1,"a\nb"\r\n')).toEqual({
    ColumnNames: ["age", "note"],
    Values: [["1", "a\nb"]],
  });
  expect(tableOf("")).toEqual({ ColumnNames: [], Values: [] });
});

test("parameters travel as their types, and an empty one takes its default", () => {
  const parameters = [
    parameter("alpha", "float"),
    parameter("n", "integer"),
    parameter("flag", "boolean"),
    parameter("title", "string"),
    parameter("odd", "integer"),
  ];
  const said = { alpha: "0.5", n: "", flag: "false", title: "7", odd: "seven" };
  expect(callBody([], {}, parameters, said).GlobalParameters).toEqual({
    alpha: 0.5,
    flag: false,
    title: "7",
    odd: "seven",
  });
});
