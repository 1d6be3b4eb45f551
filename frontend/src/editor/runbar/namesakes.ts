/** Telling nodes of one module apart, in lists. Pure. */

import { nodeName, nodesById } from "../../graph/read";
import type { Graph, GraphNode } from "../../graph/types";
import { ordinal } from "../../ui/words";
import type { LibraryCatalog } from "../store/catalog";

const byPlace = (a: GraphNode, b: GraphNode): number =>
  a.position.y - b.position.y || a.position.x - b.position.x;

/** How many nodes lie above each, as one reads, those inside of one with it; what is gone comes last. */
export function topDown(graph: Graph): (id: string) => number {
  const order = new Map([...graph.nodes].sort(byPlace).map(({ id }, index) => [id, index]));
  return (id) => order.get(id) ?? order.get(id.split(".")[0] ?? "") ?? order.size;
}

/** "2nd of 3", counted from the top, where a node has the name and the comment of others; else nothing. */
export function placesAmongNamesakes(graph: Graph, catalog: LibraryCatalog): (id: string) => string {
  const nameOf = (node: GraphNode) => `${nodeName(catalog, node)}\n${node.comment ?? ""}`;
  const groups = new Map<string, GraphNode[]>();
  for (const node of [...graph.nodes].sort(byPlace)) {
    const name = nameOf(node);
    groups.set(name, [...(groups.get(name) ?? []), node]);
  }
  return (id) => {
    const node = nodesById(graph).get(id);
    const group = node ? (groups.get(nameOf(node)) ?? []) : [];
    return node && group.length > 1 ? `${ordinal(group.indexOf(node) + 1)} of ${group.length}` : "";
  };
}
