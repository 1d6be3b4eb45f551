/** What a node shows once it is opened is asked for while the pointer rests on the node. */

import { endOf, findNode } from "../../graph/read";
import { datasetOf } from "../../graph/reference";
import type { End } from "../../graph/types";
import { currentCatalog } from "../store/catalog";
import { nodeRun, outputOf } from "../run/nodeResult";
import { shownGraph, useEditor } from "../store/store";

/** A pointer that only passes by asks for nothing. */
const REST_MS = 80;

let resting: ReturnType<typeof setTimeout> | undefined;

export function prefetchSoon(node: string): void {
  clearTimeout(resting);
  resting = setTimeout(() => void prefetchNode(node).catch(() => undefined), REST_MS);
}

export const stopPrefetch = (): void => clearTimeout(resting);

/** Asks for the first rows of the tables on the ports of a node. */
async function prefetchNode(node: string): Promise<void> {
  const graph = shownGraph(useEditor.getState());
  const above = graph.wires.filter((wire) => endOf(wire.to).node === node).map((wire) => endOf(wire.from));
  const outputs = Object.values(nodeRun(node)?.outputs ?? {});
  const own = outputs.filter(({ type }) => type === "table").map(({ artifact }) => artifact);
  const { prefetchTable } = await import("../../results/table/prefetchTable");
  const tables = [...above.map(tableOf), ...own].filter((one) => one !== undefined);
  await Promise.all([...new Set(tables)].map(prefetchTable));
}

/** The table on an output: of the shown run, or else of the library. */
function tableOf(end: End): string | undefined {
  const output = outputOf(end);
  if (output) return output.type === "table" ? output.artifact : undefined;
  const source = findNode(shownGraph(useEditor.getState()), end.node);
  const catalog = currentCatalog();
  const dataset = source && datasetOf(catalog, source);
  const held = catalog.datasets.find(({ name, latest }) => latest && name === dataset);
  return held?.kind === "table" ? (held.artifact ?? undefined) : undefined;
}
