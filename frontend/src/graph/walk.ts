/** From node to node by keyboard: along wires where they lead that way, else to the nearest. */

import { endOf } from "./read";
import type { Graph, GraphNode } from "./types";

export type Direction = "up" | "down" | "left" | "right";

/** How a graph hangs together, by node. */
interface Hanging {
  /** Ids as they would run: each after those that feed it, else as they came. */
  order: string[];
  place: Map<string, number>;
  above: Map<string, string[]>;
  below: Map<string, string[]>;
}

const known = new WeakMap<Graph["wires"], { nodes: Graph["nodes"]; hanging: Hanging }>();

export function hangingOf(graph: Graph): Hanging {
  const was = known.get(graph.wires);
  if (was?.nodes === graph.nodes) return was.hanging;
  const none = () => new Map<string, string[]>(graph.nodes.map(({ id }) => [id, []]));
  const [above, below] = [none(), none()];
  for (const wire of graph.wires) {
    const [from, to] = [endOf(wire.from).node, endOf(wire.to).node];
    if (!above.has(from) || !above.has(to)) continue;
    above.get(to)?.push(from);
    below.get(from)?.push(to);
  }
  const waitsFor = new Map([...above].map(([id, ids]) => [id, ids.length]));
  const order = graph.nodes.filter(({ id }) => waitsFor.get(id) === 0).map(({ id }) => id);
  for (let at = 0; at < order.length; at++) {
    for (const next of below.get(order[at] ?? "") ?? []) {
      const left = (waitsFor.get(next) ?? 1) - 1;
      waitsFor.set(next, left);
      if (left === 0) order.push(next);
    }
  }
  const place = new Map(order.map((id, index) => [id, index + 1]));
  const hanging = { order, place, above, below };
  known.set(graph.wires, { nodes: graph.nodes, hanging });
  return hanging;
}

/** Where one gets from a node in this direction; null where there is nothing. */
export function walk(graph: Graph, from: string, direction: Direction): string | null {
  const here = graph.nodes.find(({ id }) => id === from);
  if (!here) return null;
  const { above, below } = hangingOf(graph);
  const wired = new Set(direction === "down" ? below.get(from) : direction === "up" ? above.get(from) : []);
  const others = graph.nodes.filter(({ id }) => id !== from);
  return (
    nearest(
      others.filter(({ id }) => wired.has(id)),
      (node) => distance(here, node, direction),
    ) ??
    nearest(others, (node) => (ahead(here, node, direction) > 0 ? distance(here, node, direction) : Infinity))
  );
}

const ahead = (here: GraphNode, there: GraphNode, direction: Direction): number => {
  const [x, y] = [there.position.x - here.position.x, there.position.y - here.position.y];
  return { up: -y, down: y, left: -x, right: x }[direction];
};

/** What lies straight ahead is nearer than what lies aside. */
function distance(here: GraphNode, there: GraphNode, direction: Direction): number {
  const [x, y] = [Math.abs(there.position.x - here.position.x), Math.abs(there.position.y - here.position.y)];
  return direction === "up" || direction === "down" ? y + 2 * x : x + 4 * y;
}

function nearest(nodes: readonly GraphNode[], far: (node: GraphNode) => number): string | null {
  let best: string | null = null;
  let least = Infinity;
  for (const node of nodes) {
    const distance = far(node);
    if (distance < least) [best, least] = [node.id, distance];
  }
  return best;
}
