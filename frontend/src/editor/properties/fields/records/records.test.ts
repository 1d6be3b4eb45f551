import { expect, it } from "vitest";
import { paramSpec } from "../../../../testing/graph";
import { moved, readRecords, shownFields, valueOf, withField } from "./records";

const FIELDS = [
  paramSpec({ name: "joined_by", type: "choice", default: "and" }),
  paramSpec({ name: "op", type: "choice", default: "is" }),
  paramSpec({ name: "upper", type: "text", shown_when: { op: ["between"] } }),
];

it("reads the records of a value, and none of anything else", () => {
  expect(readRecords([{ op: "is" }, 3, null, ["x"]])).toEqual([{ op: "is" }]);
  expect(readRecords("x")).toEqual([]);
});

it("shows the fields that the fields beside them ask for", () => {
  const names = (record: Record<string, unknown>, place = 1) =>
    shownFields(FIELDS, record, place).map(({ name }) => name);
  expect(names({})).toEqual(["joined_by", "op"]);
  expect(names({ op: "between" })).toEqual(["joined_by", "op", "upper"]);
  expect(names({}, 0)).toEqual(["op"]);
});

it("writes down what is not the default", () => {
  const [, op] = FIELDS;
  if (!op) throw new Error("no such field");
  expect(withField({ upper: "3" }, op, "between")).toEqual({ upper: "3", op: "between" });
  expect(withField({ op: "between" }, op, "is")).toEqual({});
  expect(valueOf({}, op)).toBe("is");
});

it("moves a record up and down", () => {
  expect(moved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
  expect(moved(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
});
