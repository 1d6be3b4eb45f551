/** Where a model that is shown comes from: which learner made it, which node holds a param. Pure. */

import { endOf, findNode, nodeName } from "./read";
import type { Catalog, Graph, GraphNode } from "./types";

/** The node's ancestors, the nearest first; those by the first of its wires before those by later ones. */
function nodesAbove(graph: Graph, from: string): GraphNode[] {
  const found: GraphNode[] = [];
  const seen = new Set([from]);
  let level = [from];
  while (level.length > 0) {
    const next = level.flatMap((id) =>
      graph.wires.filter((wire) => endOf(wire.to).node === id).map((wire) => endOf(wire.from).node),
    );
    level = [...new Set(next)].filter((id) => !seen.has(id));
    for (const id of level) {
      seen.add(id);
      const node = findNode(graph, id);
      if (node) found.push(node);
    }
  }
  return found;
}

/** The nearest node above, or the node itself, whose module has all of these params. */
export function nodeWithParams(
  graph: Graph,
  catalog: Catalog,
  from: string,
  params: readonly string[],
): GraphNode | undefined {
  const own = findNode(graph, from);
  return [...(own ? [own] : []), ...nodesAbove(graph, from)].find((node) => {
    const names = catalog.module(node.module)?.params.map(({ name }) => name) ?? [];
    return params.every((name) => names.includes(name));
  });
}

/** What a scored dataset is called beside another one: the learner of the model that scored it. */
export function modelName(graph: Graph, catalog: Catalog, scored: string): string {
  const learner = nodesAbove(graph, scored).find((node) => {
    const module = catalog.module(node.module);
    return (
      module?.outputs.some(({ type }) => type === "model") &&
      !module.inputs.some(({ type }) => type === "model")
    );
  });
  const node = learner ?? findNode(graph, scored);
  return node ? nodeName(catalog, node) : scored;
}
