import { expect, it } from "vitest";
import { tidied, type Layout } from "./tidy";
import type { ExperimentFile, Frame, GraphNode } from "./types";

const node = (id: string, x: number, y: number): GraphNode => ({
  id, module: "split-data", params: {}, position: { x, y },
}); // prettier-ignore
const frame = (id: string, x: number, y: number, width: number, height: number): Frame => ({
  id, title: id, color: "blue", position: { x, y }, size: { width, height },
}); // prettier-ignore

/** Every box below the one before, as the wires of these tests lead. */
const oneColumn: Layout = ({ boxes }) => {
  let y = 0;
  return Promise.resolve(
    boxes.map(({ id, height }) => {
      const at = { id, x: 0, y };
      y += height + 50;
      return at;
    }),
  );
};
const NODE = { width: 220, height: 64 };

it("lays out what lies in a frame for itself, and the frame as one box that fits it", async () => {
  const file: ExperimentFile = {
    format: "studio-experiment/1",
    name: "",
    nodes: [node("above", 0, 0), node("inner", 30, 260), node("lower", 30, 330), node("below", 40, 900)],
    wires: [
      { from: "above.out", to: "inner.in" },
      { from: "inner.out", to: "lower.in" },
      { from: "lower.out", to: "below.in" },
    ],
    frames: [frame("frame", 10, 200, 600, 600)],
  };
  const drawn = file.nodes.map(({ id, position }) => ({ id, ...position, ...NODE }));
  const asked: string[][] = [];
  const layout: Layout = (question) => {
    asked.push(question.wires.map(({ from, to }) => `${from} ${to}`));
    return oneColumn(question);
  };
  const { places, sizes } = await tidied(file, ["above", "inner", "lower", "below", "frame"], drawn, layout);
  expect(asked).toEqual([["inner lower"], ["above frame", "frame below"]]);
  expect(sizes.get("frame")).toEqual({ width: 20 + 220 + 20, height: 50 + 64 + 50 + 60 + 20 });
  const [box, inner, below] = ["frame", "inner", "below"].map((id) => places.get(id));
  expect(box?.y).toBeGreaterThanOrEqual(64);
  expect(inner).toEqual({ x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 50 });
  expect(below?.y).toBeGreaterThanOrEqual((box?.y ?? 0) + (sizes.get("frame")?.height ?? 0));
});

it("wraps what hangs on no wire, below what does and no wider than a screen's shape", async () => {
  const loose = Array.from({ length: 12 }, (_, at) => node(`l${String(at).padStart(2, "0")}`, 300 * at, 40));
  const nodes = [node("above", 0, 0), node("below", 0, 100), ...loose];
  const file: ExperimentFile = {
    format: "studio-experiment/1", name: "", nodes, wires: [{ from: "above.out", to: "below.in" }],
  }; // prettier-ignore
  const drawn = nodes.map(({ id, position }) => ({ id, ...position, ...NODE }));
  const { places } = await tidied(
    file,
    nodes.map(({ id }) => id),
    drawn,
    oneColumn,
  );
  const at = (id: string) => places.get(id) ?? { x: NaN, y: NaN };
  expect(at("below").y).toBe(110);
  const rows = new Set(loose.map(({ id }) => at(id).y));
  expect(rows.size).toBe(4);
  expect(Math.min(...rows)).toBe(230);
  expect(Math.max(...loose.map(({ id }) => at(id).x))).toBe(520);
  // In reading order, and the same when it is tidied again.
  expect(loose.slice(0, 4).map(({ id }) => at(id).x)).toEqual([0, 260, 520, 0]);
  const again = drawn.map((box) => ({ ...box, ...at(box.id) }));
  const moved = { ...file, nodes: nodes.map((one) => ({ ...one, position: at(one.id) })) };
  expect(
    (
      await tidied(
        moved,
        nodes.map(({ id }) => id),
        again,
        oneColumn,
      )
    ).places,
  ).toEqual(places);
});
