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
  expect(readExperimentFile(text)).toMatchObject({ file: { name: "A", tags: ["x"] }, dropped: [] });
});

test("what cannot be drawn is left out and told; what is no node stays for the server to refuse", () => {
  const head = { format: "studio-experiment/1", name: "A", wires: [] };
  const far = { id: "n1", module: "dataset", position: { x: 1e308, y: 0 } };
  const told = readExperimentFile(JSON.stringify({ ...head, nodes: [far], notes: [{ id: "x" }, null] }));
  expect(told.dropped).toEqual(["2 notes", "1 position"]);
  expect(told.file.nodes?.[0]?.position).toEqual({ x: 40, y: 40 });
  expect(told.file).not.toHaveProperty("notes");
  const none = readExperimentFile(JSON.stringify({ ...head, nodes: [{ module: 5 }] }));
  expect(none).toMatchObject({ file: { nodes: [{ module: 5 }] }, dropped: [] });
});

test("anything else is refused with what to do", () => {
  expect(() => readExperimentFile('{"rows": []}')).toThrow("use JSON lines");
  expect(() => readExperimentFile("null")).toThrow("not an experiment file");
  expect(() => readExperimentFile("{")).toThrow("It is not JSON");
});
