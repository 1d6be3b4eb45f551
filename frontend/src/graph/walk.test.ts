import { expect, it } from "vitest";
import type { Graph } from "./types";
import { hangingOf, walk } from "./walk";

const node = (id: string, x: number, y: number) => ({ id, module: "m", params: {}, position: { x, y } });
/** b and c below a, side by side; d far below, wired to b; e beside a, alone. */
const graph: Graph = {
  nodes: [node("d", 0, 500), node("a", 0, 0), node("b", 0, 130), node("c", 250, 130), node("e", 250, 0)],
  wires: [
    { from: "a.out", to: "c.in" },
    { from: "b.out", to: "d.in" },
  ],
};

it("walks along wires before it goes to what is near", () => {
  expect(walk(graph, "a", "down")).toBe("c");
  expect(walk(graph, "c", "up")).toBe("a");
  expect(walk(graph, "a", "right")).toBe("e");
  expect(walk(graph, "b", "up")).toBe("a");
  expect(walk(graph, "c", "left")).toBe("b");
  expect(walk(graph, "a", "left")).toBeNull();
});

it("orders nodes as they run", () => {
  expect(hangingOf(graph).order).toEqual(["a", "b", "e", "c", "d"]);
});
