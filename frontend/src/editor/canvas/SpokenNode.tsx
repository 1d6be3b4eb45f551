import { findNode, nodeName } from "../../graph/read";
import { isPinned } from "../../graph/pins";
import { askedBy, networkText, secretText } from "../../graph/outside";
import type { Graph, GraphNode, Marked } from "../../graph/types";
import { hangingOf } from "../../graph/walk";
import { useNodeRun } from "../run/hooks";
import { useStaleReason } from "../run/stale";
import { spokenId } from "../flow/flowAdapter";
import { useCatalog, type LibraryCatalog } from "../store/catalog";
import { shownGraph, useEditor } from "../store/store";
import { partOf, useServiceView, type Part } from "../window/serviceView";

/** What a screen reader says after a node's name: its place, what it hangs on, and how it stands in the run. */
export function SpokenNode({ id }: { id: string }) {
  const catalog = useCatalog();
  const place = useEditor((state) => placeOf(shownGraph(state), catalog, id));
  const run = useNodeRun(id);
  const stale = useStaleReason(id) !== "";
  const pins = useEditor((editor) => pinsSaid(findNode(shownGraph(editor), id)));
  const asks = useEditor((editor) => outsideSaid(shownGraph(editor), catalog, id));
  const part = partSaid(useServiceView(partOf(id)));
  const state = run ? ` ${run.state}${run.cached ? ", from the cache" : ""}${stale ? ", stale" : ""}.` : "";
  // Not as text: what is searched for on the page is what is seen.
  return <span id={spokenId(id)} aria-label={`${place}${pins}${asks}${part}${state}`} hidden />;
}

const PARTS = {
  path: " Calls of the service go through it.",
  constant: " The service keeps what it left.",
  off: " No part of the service.",
};
const partSaid = (part: Part): string => (part ? PARTS[part] : "");

const pinsSaid = (node: GraphNode | undefined): string => (node && isPinned(node) ? " Pinned." : "");

function outsideSaid(file: Marked, catalog: LibraryCatalog, id: string): string {
  const node = findNode(file, id);
  const asked = node && askedBy(file, catalog, node);
  const texts = asked ? [networkText(asked), secretText(asked)] : [];
  return texts.map((text) => text && ` ${text}.`).join("");
}

function placeOf(graph: Graph, catalog: LibraryCatalog, id: string): string {
  const { place, above, below } = hangingOf(graph);
  const names = (ids: readonly string[] = []): string => {
    const [one, ...more] = new Set(ids);
    const node = one === undefined ? undefined : findNode(graph, one);
    return node ? `${nodeName(catalog, node)}${more.length ? ` and ${more.length} more` : ""}` : "";
  };
  const [feeding, fed] = [names(above.get(id)), names(below.get(id))];
  const where = `Node ${place.get(id) ?? "?"} of ${graph.nodes.length}`;
  return `${where}${feeding && `, fed by ${feeding}`}${fed && `, feeds ${fed}`}.`;
}
