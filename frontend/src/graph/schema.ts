/** Where the columns of a table may be known from before its node has run. Pure. */

import { endOf, findNode, findPort, wiresByInput } from "./read";
import type { Catalog, End, Graph } from "./types";

/**
 * The output itself, then those whose columns it passes on, nearest first: the ends to ask, until one is known.
 */
export function sameColumns(graph: Graph, catalog: Catalog, from: string | undefined): End[] {
  const ends: End[] = [];
  for (let next = from; next && ends.length <= graph.nodes.length;) {
    const end = endOf(next);
    ends.push(end);
    const node = findNode(graph, end.node);
    const like = findPort(node && catalog.module(node.module)?.outputs, end.port)?.like;
    next = like ? wiresByInput(graph).get(`${end.node}.${like}`)?.from : undefined;
  }
  return ends;
}
