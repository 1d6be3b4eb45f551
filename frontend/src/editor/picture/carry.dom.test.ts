import { expect, it } from "vitest";
import { FORMAT, type Catalog, type ExperimentFile } from "../../graph/types";
import { carried, crc32, putIntoPng, takeFromPng, takeFromSvg } from "./carry";
import { graphSvg } from "./graphSvg";

/** One transparent pixel. */
const PIXEL = Uint8Array.from(
  atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="),
  (sign) => sign.charCodeAt(0),
);
const file: ExperimentFile = {
  format: FORMAT,
  name: "Ünï & <co>",
  nodes: [{ id: "n1", module: "x", params: { script: "a < b && c" }, position: { x: 0, y: 0 } }],
  wires: [],
};
const text = JSON.stringify(file);

it("a PNG carries an experiment and stays a PNG", async () => {
  expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
  expect(takeFromPng(PIXEL)).toBeNull();
  const png = putIntoPng(PIXEL, text);
  expect(takeFromPng(png)).toBe(text);
  expect(png.slice(-12)).toEqual(PIXEL.slice(-12));
  expect((await carried(new File([png], "a.png")))?.file.name).toBe(file.name);
});

it("an SVG carries an experiment, whatever signs are in it", async () => {
  const catalog: Catalog = { module: () => undefined, datasetKind: () => undefined };
  const drawing = { titleOf: () => "<b>", linesOf: () => [], sizeOf: () => ({ width: 220, height: 64 }) };
  const svg = graphSvg(file, catalog, drawing, text);
  expect(takeFromSvg(svg)).toBe(text);
  expect(svg).toContain("&lt;b&gt;");
  expect((await carried(new File([svg], "a.svg")))?.file.nodes).toHaveLength(1);
});

it("other files carry none", async () => {
  expect(await carried(new File(["a,b\n1,2\n"], "a.csv"))).toBeNull();
  expect(await carried(new File(["<svg xmlns='http://www.w3.org/2000/svg'/>"], "a.svg"))).toBeNull();
  expect((await carried(new File([text], "a.studio.json")))?.file.name).toBe(file.name);
});
