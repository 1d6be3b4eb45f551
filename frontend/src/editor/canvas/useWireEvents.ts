import type { Connection, Edge, FinalConnectionState, OnConnectStart } from "@xyflow/react";
import { canConnect, connect } from "../../graph/connect";
import { removeWires } from "../../graph/edits";
import { findNode, nodeName, wireId, wiresByInput } from "../../graph/read";
import type { End } from "../../graph/types";
import { currentCatalog } from "../catalog";
import { openOverlay } from "../overlays";
import { edit } from "../store/edit";
import { useEditor } from "../store/store";
import { endsOf } from "./flowAdapter";
import { hint } from "./hint";
import { canvasView } from "./view";
import { fittingEnds, startWiring, stopWiring, useWiring, whyNot } from "./wiring";

/** Draws a wire as one step of undo, and says in it what was connected. */
export function drawWire(from: End, to: End, instead?: string): void {
  const why = canConnect(useEditor.getState().draft, currentCatalog(), from, to);
  if (why) return hint(why);
  edit("Connect", (draft) => {
    const free = instead ? removeWires(draft, (wire) => wireId(wire) === instead) : draft;
    return connect(free, from, to);
  });
}

const sideOf = (type: string | null) => (type === "target" ? "input" : "output");

const start: OnConnectStart = (_event, { nodeId, handleId, handleType }) => {
  if (!nodeId || !handleId) return;
  const side = sideOf(handleType);
  startWiring(useEditor.getState().draft, currentCatalog(), { node: nodeId, port: handleId }, side);
};

let moving: { id: string; done: boolean } | null = null;

function end(event: MouseEvent | TouchEvent, connection: FinalConnectionState): void {
  const wiring = useWiring.getState();
  const { start } = wiring;
  stopWiring();
  if (!start) return;
  const { toHandle } = connection;
  // A click on a port, or a drag that came back to where it began, means nothing.
  if (toHandle?.id === start.port && toHandle.nodeId === start.node) return;
  if (toHandle?.id) {
    const why = whyNot(wiring, { node: toHandle.nodeId, port: toHandle.id }, sideOf(toHandle.type));
    if (why) hint(why);
    return;
  }
  const point = "changedTouches" in event ? event.changedTouches[0] : event;
  if (!point) return;
  const screen = { x: point.clientX, y: point.clientY };
  const under = document.elementFromPoint(screen.x, screen.y);
  const node = under?.closest<HTMLElement>(".react-flow__node")?.dataset.id;
  if (node && node !== start.node) connectToBody(start, node);
  else if (moving) removeMoved();
  else if (under?.classList.contains("react-flow__pane")) {
    const at = canvasView()?.toCanvas(screen);
    if (at) openOverlay({ kind: "quick-add", screen, at, from: { end: start, side: start.side } });
  }
}

/** Let go over a node, not over a port: the first port that fits is meant, a free one before a taken one. */
function connectToBody(start: End & { side: "input" | "output" }, node: string): void {
  const { draft } = useEditor.getState();
  const catalog = currentCatalog();
  const other = fittingEnds(draft, catalog, start, start.side).find((one) => one.node === node);
  const target = findNode(draft, node);
  if (!other) return hint(target ? `No port of ${nodeName(catalog, target)} fits this wire.` : "");
  if (start.side === "output") drawWire(start, other, moving?.id);
  else drawWire(other, start, moving?.id);
  if (moving) moving.done = true;
}

/** An end was pulled off and let go over nothing. */
function removeMoved(): void {
  const id = moving?.id;
  if (id && !moving?.done) edit("Disconnect", (draft) => removeWires(draft, (wire) => wireId(wire) === id));
}

const events = {
  onConnectStart: start,
  onConnectEnd: end,
  onConnect: (connection: Connection) => {
    const ends = endsOf(connection);
    if (!ends) return;
    const replaces = wiresByInput(useEditor.getState().draft).has(`${ends.to.node}.${ends.to.port}`);
    drawWire(ends.from, ends.to);
    if (replaces) hint("Replaced the wire that was there. Ctrl+Z brings it back.");
  },
  onReconnectStart: (_event: unknown, edge: Edge) => {
    moving = { id: edge.id, done: false };
  },
  onReconnect: (edge: Edge, connection: Connection) => {
    const ends = endsOf(connection);
    if (moving) moving.done = true;
    if (ends) drawWire(ends.from, ends.to, edge.id);
  },
  onReconnectEnd: () => {
    // React Flow ends the connection after this; the flag must still stand then.
    setTimeout(() => (moving = null));
  },
  isValidConnection: (connection: Connection | Edge) => {
    const { start, verdict } = useWiring.getState();
    const ends = endsOf(connection as Connection);
    if (!ends || !start) return false;
    return start.side === "output"
      ? verdict(ends.to, "input") === null
      : verdict(ends.from, "output") === null;
  },
};

export const useWireEvents = () => events;
