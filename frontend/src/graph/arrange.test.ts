import { describe, expect, it } from "vitest";
import { file } from "../testing/graph";
import { align, distribute, type Box } from "./arrange";
import { connected } from "./reach";

const boxes: Box[] = [
  { id: "a", x: 0, y: 0, width: 100, height: 50 },
  { id: "b", x: 300, y: 40, width: 200, height: 50 },
  { id: "c", x: 120, y: 500, width: 100, height: 70 },
];
const xs = (places: Map<string, { x: number }>) => ["a", "b", "c"].map((id) => places.get(id)?.x);
const ys = (places: Map<string, { y: number }>) => ["a", "b", "c"].map((id) => places.get(id)?.y);

describe("arranging nodes", () => {
  it("lines them up at a side or by their middles", () => {
    expect(xs(align(boxes, "left"))).toEqual([0, 0, 0]);
    expect(xs(align(boxes, "right"))).toEqual([400, 300, 400]);
    expect(xs(align(boxes, "center"))).toEqual([200, 150, 200]);
    expect(ys(align(boxes, "bottom"))).toEqual([520, 520, 500]);
    expect(ys(align(boxes, "left"))).toEqual([0, 40, 500]);
  });
  it("gives them even room, the outer two staying", () => {
    expect(xs(distribute(boxes, "x"))).toEqual([0, 300, 150]);
    expect(ys(distribute(boxes, "y"))).toEqual([0, 250, 500]);
  });
});

it("finds all that hangs together", () => {
  const alone = { ...file, nodes: [...file.nodes] };
  expect([...connected(alone, ["n2"])].sort()).toEqual(["n1", "n2", "n3"]);
  expect([...connected(alone, ["n4"])]).toEqual(["n4"]);
});
