import type { LibraryCatalog } from "./catalog";
import type { GraphNode } from "../graph/types";

/** What stands in bold on a node: the module, or for a dataset its own name. */
export function nodeTitle(catalog: LibraryCatalog, node: GraphNode): string {
  const dataset = node.module === "dataset" && node.params.dataset;
  return dataset ? String(dataset) : (catalog.module(node.module)?.name ?? node.module);
}
