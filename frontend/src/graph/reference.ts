/** Nodes that stand for a dataset of the library: their module says which param names it. */

import type { Catalog, GraphNode, ModuleSpec } from "./types";

/** What is put into a graph: a module, and the params that it begins with. */
export type Placed = Pick<GraphNode, "module"> & { params?: Record<string, unknown> };

/** The dataset that a node stands for, as it is named there; empty if none is chosen, null for any other node. */
export function datasetOf(catalog: Catalog, { module, params = {} }: Placed): string | null {
  const param = catalog.module(module)?.reference;
  return param ? String(params[param] ?? "") : null;
}

/** What stands for a dataset in a graph; null if no module of this server does that. */
export function referenceTo(modules: readonly ModuleSpec[], dataset: string): Placed | null {
  const found = modules.find(({ reference }) => reference);
  return found?.reference ? { module: found.slug, params: { [found.reference]: dataset } } : null;
}
