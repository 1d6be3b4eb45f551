import { expect, test } from "vitest";
import { Problem } from "../../api/problem";
import { refusal, stem } from "./refusal";

test("a file that cannot be read says where", () => {
  const told = refusal(
    new Problem(422, {
      detail: "A quoted value is never closed.",
      errors: [
        { loc: ["file"], code: "unreadable", message: "A quoted value is never closed.", line: 3, column: 2 },
      ],
    }),
  );
  expect(told).toEqual({
    text: "A quoted value is never closed.",
    where: "line 3, column 2",
    taken: null,
    again: false,
  });
});

test("a place that the sentence names already is not said twice", () => {
  const told = refusal(new Problem(422, { detail: "Line 3 has 5 values, the header has 4.", line: 3 }));
  expect(told.where).toBeNull();
});

test("a name that is taken tells whose next version it could be", () => {
  const told = refusal(new Problem(409, { detail: "Taken.", existing: { id: "d1", version: 2 } }));
  expect(told.taken).toEqual({ id: "d1", version: 2 });
});

test("a lost connection is worth trying again, a bad file is not", () => {
  expect(refusal(new Problem(0, {})).again).toBe(true);
  expect(refusal(new Problem(413, {})).again).toBe(false);
});

test("a dataset is named after its file", () => {
  expect([stem("sales.2024.csv"), stem("README"), stem(".env")]).toEqual(["sales.2024", "README", ".env"]);
});
