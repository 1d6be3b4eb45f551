import { expect, it } from "vitest";
import type { Capture } from "../../api/services";
import { anotherEnd, firstEnds, isWhole, nameProblem, wishOf } from "./chosenEnds";

const place = (node: string, likely = false) => ({ node, port: "out", title: node, likely, trains: false });
const capture = (given: Partial<Capture>) =>
  ({ input_places: [], output_places: [], input_modules: [], output_modules: [], ...given }) as Capture;

it("begins with the likely place, else with one that is open; with none where a module names the ends", () => {
  const places = [place("a"), place("b", true)];
  expect(firstEnds(capture({ input_places: places }), "inputs")).toEqual([{ name: "input1", at: "b.out" }]);
  const unsure = capture({ output_places: [place("a"), place("b")] });
  expect(firstEnds(unsure, "outputs")).toEqual([{ name: "output1", at: null }]);
  const named = capture({ input_places: places, input_modules: [{ name: "people", node: "in" }] });
  expect(firstEnds(named, "inputs")).toEqual([]);
});

it("gives each end a name of its own", () => {
  const ends = [{ name: "input1", at: "a.out" }];
  expect(anotherEnd("inputs", ends, ["input2"])).toEqual({ name: "input3", at: null });
  const twice = [...ends, { name: " input1 ", at: "b.out" }, { name: " ", at: "c.out" }];
  expect([0, 1, 2].map((at) => nameProblem(twice, at, []))).toEqual([
    "Another one has this name.",
    "Another one has this name.",
    "Give it a name.",
  ]);
  expect(isWhole(ends, [])).toBe(true);
  expect(isWhole(ends, ["input1"])).toBe(false);
  expect(isWhole(twice, [])).toBe(false);
});

it("asks the server for what is whole", () => {
  expect(
    wishOf([
      { name: " people ", at: "a.out" },
      { name: "open", at: null },
    ]),
  ).toEqual({ people: "a.out" });
});
