import { expect, test } from "vitest";
import { sentRow, typedRow, wrongIn } from "./row";

const inputs = [
  { name: "age", type: "integer", levels: null },
  { name: "city", type: "string", levels: ["Bonn"] },
  { name: "x", type: "", levels: null },
];

test("a row of the sample fills the fields; what is missing stays empty", () => {
  expect(typedRow({ inputs, rows: [[5, null, 1.5]] }, 0)).toEqual({ age: "5", city: "", x: "1.5" });
  expect(typedRow({ inputs, rows: [] }, 0)).toEqual({ age: "", city: "", x: "" });
});

test("an empty field is sent as missing, and a number of a feature without a type as a number", () => {
  expect(sentRow(inputs, { age: " 7 ", city: "", x: "1e3" })).toEqual({ age: "7", city: null, x: 1000 });
  expect(sentRow(inputs, { x: "tall" })).toEqual({ age: null, city: null, x: "tall" });
});

test("a field says at once what it takes", () => {
  expect(wrongIn({ name: "age", type: "integer", levels: null }, "1.5")).toBe("A whole number");
  expect(wrongIn({ name: "x", type: "float", levels: null }, "tall")).toBe("A number");
  expect(wrongIn({ name: "x", type: "float", levels: null }, "")).toBeNull();
  expect(wrongIn({ name: "x", type: "string", levels: null }, "tall")).toBeNull();
});
