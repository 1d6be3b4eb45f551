/** What feeds a node and what it feeds. */

import { endOf } from "./read";
import type { Graph } from "./types";

type Direction = "upstream" | "downstream";

/** All nodes reached from these by following wires; the nodes themselves are not among them unless a wire leads back. */
function reach(graph: Graph, ids: Iterable<string>, direction: Direction): Set<string> {
  const next = new Map<string, string[]>();
  for (const wire of graph.wires) {
    const from = endOf(wire.from).node;
    const to = endOf(wire.to).node;
    const [here, there] = direction === "downstream" ? [from, to] : [to, from];
    const known = next.get(here);
    if (known) known.push(there);
    else next.set(here, [there]);
  }
  const found = new Set<string>();
  const waiting = [...ids];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    for (const neighbor of next.get(id) ?? []) {
      if (!found.has(neighbor)) {
        found.add(neighbor);
        waiting.push(neighbor);
      }
    }
  }
  return found;
}

export const upstream = (graph: Graph, ids: Iterable<string>): Set<string> => reach(graph, ids, "upstream");
export const downstream = (graph: Graph, ids: Iterable<string>): Set<string> =>
  reach(graph, ids, "downstream");

/** All nodes that hang together with these, whichever way the wires run; these among them. */
export function connected(graph: Graph, ids: Iterable<string>): Set<string> {
  const both = graph.wires.flatMap((wire) => [wire, { from: wire.to, to: wire.from }]);
  return new Set([...ids, ...downstream({ nodes: graph.nodes, wires: both }, ids)]);
}
