/** Adding a node, wherever the wish came from. */

import { connect, firstWire } from "../../graph/connect";
import { addNode, freshId } from "../../graph/edits";
import { NODE_HEIGHT, NODE_WIDTH, snapped } from "../../graph/place";
import { endOf, findNode, nodeName } from "../../graph/read";
import { datasetOf } from "../../graph/reference";
import { splice } from "../../graph/splice";
import type { End, Graph, GraphNode, Position, Wire } from "../../graph/types";
import { hint } from "../window/hint";
import { canvasView } from "../window/view";
import { currentCatalog } from "../store/catalog";
import { entryKey, notePair, noteUse } from "../window/liked";
import { edit } from "../store/edit";
import { select } from "../store/selection";
import { useEditor } from "../store/store";
import { freePlace } from "./placing";

/** From a node to the one below it. */
const PITCH = 120;

export interface Adding {
  module: string;
  params?: Record<string, unknown>;
  /** Top left corner; beside the selected node, else in the middle of the view, where left out. */
  position?: Position;
  /** A wire to draw at once, between this end and the new node's port. */
  wire?: { end: End; side: "input" | "output"; port: string };
  /** A wire to put it into, where it fits. */
  into?: Wire | null;
  /** Whether it is wired to the one node that is selected, where a port fits; usual where no place is asked for. */
  toSelected?: boolean;
  /** The focus and the view stay where they are: the person may be at something else by now. */
  quietly?: boolean;
}

/** Adds a node where it covers nothing, and selects it; gives its id. */
export function addModule(adding: Adding): string {
  const { module, params, position, wire, into, toSelected = !position, quietly = false } = adding;
  const { draft, usedIds } = useEditor.getState();
  const catalog = currentCatalog();
  const id = freshId(draft, usedIds);
  const what = datasetOf(catalog, adding) || (catalog.module(module)?.name ?? module);
  const added = (file: typeof draft, at: Position) =>
    addNode(file, id, { module, position: at, ...(params ? { params } : {}) });
  const beside = !wire && !into && toSelected ? selectedNode() : undefined;
  const link = beside && linkTo(added(draft, { x: 0, y: 0 }), id, beside);
  const place = freePlace(position ?? usualPlace(Boolean(link && endOf(link.from).node === id)));
  edit(`Add ${what}`, (file) => {
    const after = added(file, place);
    if (into) return splice(after, catalog, into, id) ?? after;
    if (link) return connect(after, endOf(link.from), endOf(link.to));
    if (!wire) return after;
    const mine = { node: id, port: wire.port };
    return wire.side === "output" ? connect(after, wire.end, mine) : connect(after, mine, wire.end);
  });
  if (beside && link) hint(`Wired to ${nodeName(catalog, beside)}. Ctrl+Z takes it back.`);
  noteUse(entryKey(catalog, adding));
  const other = wire ? findNode(draft, wire.end.node)?.module : undefined;
  if (wire && other !== undefined) {
    if (wire.side === "output") notePair(other, module);
    else notePair(module, other);
  }
  select([id]);
  // Once it is drawn, it has the focus: the next key is about it.
  if (!quietly) requestAnimationFrame(() => requestAnimationFrame(() => canvasView()?.settle(id)));
  return id;
}

function selectedNode(): GraphNode | undefined {
  const { selection, draft } = useEditor.getState();
  const [only] = selection.nodes;
  return only !== undefined && selection.nodes.size === 1 ? findNode(draft, only) : undefined;
}

/** What the selected node gives goes into the new one, or else what the new one gives into the selected one. */
const linkTo = (graph: Graph, id: string, { id: selected }: GraphNode): Wire | null =>
  firstWire(graph, currentCatalog(), selected, id) ?? firstWire(graph, currentCatalog(), id, selected);

/** Below the selected node, where the next step of a chain goes, or above it where it is fed; else where one looks. */
function usualPlace(above: boolean): Position {
  const beside = selectedNode();
  if (beside) {
    const { x, y } = beside.position;
    return { x, y: y + (above ? -PITCH : PITCH) };
  }
  const middle = canvasView()?.middle() ?? { x: 300, y: 200 };
  return { x: snapped(middle.x - NODE_WIDTH / 2), y: snapped(middle.y - NODE_HEIGHT / 2) };
}
