/** Adding a node, wherever the wish came from. */

import { connect } from "../../graph/connect";
import { addNode, freshId } from "../../graph/edits";
import { freePlace, NODE_HEIGHT, NODE_WIDTH, snapped } from "../../graph/place";
import { findNode } from "../../graph/read";
import type { End, Position, Wire } from "../../graph/types";
import { splice } from "../../graph/splice";
import { canvasView } from "../canvas/view";
import { currentCatalog } from "../catalog";
import { entryKey, noteUse } from "../palette/liked";
import { edit } from "../store/edit";
import { select } from "../store/selection";
import { useEditor } from "../store/store";

export interface Adding {
  module: string;
  params?: Record<string, unknown>;
  /** Top left corner; a free place near the selected node, else in the middle of the view, where left out. */
  position?: Position;
  /** A wire to draw at once, between this end and the new node's port. */
  wire?: { end: End; side: "input" | "output"; port: string };
  /** A wire to put it into, where it fits. */
  into?: Wire | null;
}

/** Adds a node and selects it; gives its id. */
export function addModule({ module, params, position, wire, into }: Adding): string {
  const { draft, usedIds } = useEditor.getState();
  const id = freshId(draft, usedIds);
  const name = currentCatalog().module(module)?.name ?? module;
  const place = position ?? freePlace(draft, usualPlace());
  edit(`Add ${params?.dataset ? String(params.dataset) : name}`, (file) => {
    const added = addNode(file, id, { module, position: place, ...(params ? { params } : {}) });
    if (into) return splice(added, currentCatalog(), into, id) ?? added;
    if (!wire) return added;
    const mine = { node: id, port: wire.port };
    return wire.side === "output" ? connect(added, wire.end, mine) : connect(added, mine, wire.end);
  });
  noteUse(entryKey(module, params));
  select([id]);
  // Once it is drawn, it has the focus: the next key is about it.
  requestAnimationFrame(() => requestAnimationFrame(() => canvasView()?.settle(id)));
  return id;
}

/** Below the selected node, where the next step of a chain goes; else where one looks. */
function usualPlace(): Position {
  const { selection, draft } = useEditor.getState();
  const [only] = selection.nodes;
  const above = only && selection.nodes.size === 1 ? findNode(draft, only) : undefined;
  if (above) return { x: above.position.x, y: above.position.y + 120 };
  const middle = canvasView()?.middle() ?? { x: 300, y: 200 };
  return { x: snapped(middle.x - NODE_WIDTH / 2), y: snapped(middle.y - NODE_HEIGHT / 2) };
}
