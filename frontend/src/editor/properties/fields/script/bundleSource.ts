/** The dataset whose zip is wired to a node's script bundle. */

import type { Dataset } from "../../../../api/types";
import { endOf, findNode, wiresByInput } from "../../../../graph/read";
import { datasetOf } from "../../../../graph/reference";
import type { Graph, GraphNode } from "../../../../graph/types";
import type { LibraryCatalog } from "../../../store/catalog";

const PORT = "script_bundle";

/** `end`: what is wired there. `dataset`: null if that is no dataset of the library. */
export interface BundleSource {
  end: { node: string; port: string };
  from: GraphNode | undefined;
  dataset: Dataset | null;
}

export function bundleSource(catalog: LibraryCatalog, graph: Graph, node: string): BundleSource | null {
  const wire = wiresByInput(graph).get(`${node}.${PORT}`)?.from;
  if (wire === undefined) return null;
  const end = endOf(wire);
  const from = findNode(graph, end.node);
  const name = from && datasetOf(catalog, from);
  const dataset = catalog.datasets.find((one) =>
    name === `${one.name}@${one.version}` ? true : one.latest && one.name === name,
  );
  return { end, from, dataset: dataset ?? null };
}
