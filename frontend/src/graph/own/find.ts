/** Nodes by their whole ids, whichever level of a file they lie in. */

import { findNode, nodeName } from "../read";
import type { Catalog, GraphNode, Marked } from "../types";
import { keyOf } from "./definition";
import { levelOf, pathTo, type Path } from "./level";

/** Undefined where the file has no such node. */
export function findDeep(file: Marked, id: string): GraphNode | undefined {
  const path = pathTo(file, id);
  const level = path && levelOf(file, path);
  return level ? findNode(level, id) : undefined;
}

/** "Add twice › Second": the nodes that it is inside of, then its own name; null where the file has no such node. */
export function deepName(file: Marked, catalog: Catalog, id: string): string | null {
  const path = pathTo(file, id);
  if (!path) return null;
  const names = [...path, id].map((one) => {
    const node = findDeep(file, one);
    return node ? nodeName(catalog, node) : one;
  });
  return names.join(" › ");
}

const DEEPEST = 8;
const MOST = 5_000;

/** The nodes inside of nodes, by their whole ids; at most 5,000, as the server opens. */
export function nodesInside(file: Marked): GraphNode[] {
  const found: GraphNode[] = [];
  const outer = (nodes: readonly GraphNode[], path: Path): Path[] =>
    nodes.flatMap(({ id, module }) => (keyOf(module) === null ? [] : [[...path, id]]));
  const todo = outer(file.nodes, []);
  for (const path of todo) {
    const nodes = path.length <= DEEPEST ? (levelOf(file, path)?.nodes ?? []) : [];
    found.push(...nodes);
    if (found.length > MOST) break;
    todo.push(...outer(nodes, path));
  }
  return found.slice(0, MOST);
}
