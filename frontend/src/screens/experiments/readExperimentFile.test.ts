import { expect, test } from "vitest";
import { readExperimentFile } from "./readExperimentFile";

test("an experiment file is read, with keys that Studio does not know", () => {
  const text = JSON.stringify({
    format: "studio-experiment/1",
    name: "A",
    nodes: [],
    wires: [],
    tags: ["x"],
  });
  expect(readExperimentFile(text)).toMatchObject({ name: "A", tags: ["x"] });
});

test("anything else is refused with what to do", () => {
  expect(() => readExperimentFile('{"rows": []}')).toThrow("use JSON lines");
  expect(() => readExperimentFile("null")).toThrow("not an experiment file");
  expect(() => readExperimentFile("{")).toThrow("It is not JSON");
});
