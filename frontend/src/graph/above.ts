/** What a node's columns stand on. Pure. */

import { endOf, findNode } from "./read";
import { upstream } from "./reach";
import type { Graph } from "./types";

/** A text that is the same for as long as the node and all above it are: their modules, params and wires. */
export function aboveText(graph: Graph, node: string): string {
  const ids = [node, ...[...upstream(graph, [node])].sort()];
  const nodes = ids.map((id) => [id, findNode(graph, id)?.module, findNode(graph, id)?.params]);
  const among = new Set(ids);
  const wires = graph.wires
    .filter(({ to }) => among.has(endOf(to).node))
    .map(({ from, to }) => `${from} ${to}`);
  return JSON.stringify([nodes, wires.sort()]);
}
