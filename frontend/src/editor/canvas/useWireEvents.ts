import type { Connection, Edge, FinalConnectionState, OnConnectStart } from "@xyflow/react";
import { removeWires } from "../../graph/edits";
import { findMark, isFrame } from "../../graph/marks";
import { wireId } from "../../graph/read";
import { currentCatalog } from "../store/catalog";
import { openOverlay } from "../window/overlays";
import { edit } from "../store/edit";
import { useEditor } from "../store/store";
import { drawWire, drawWireToBody } from "./drawWire";
import { endAt, endsOf } from "../flow/flowAdapter";
import { isGivingUp } from "./givingUp";
import { hint } from "../window/hint";
import { forgetTap } from "./tapping";
import { canvasView } from "../window/view";
import { startWiring, stopWiring, useWiring, whyNot } from "./wiring";

const sideOf = (type: string | null) => (type === "target" ? "input" : "output");

const start: OnConnectStart = (_event, { nodeId, handleId, handleType }) => {
  if (!nodeId || !handleId) return;
  const side = sideOf(handleType);
  startWiring(useEditor.getState().draft, currentCatalog(), endAt(nodeId, handleId), side);
};

let moving: { id: string; done: boolean } | null = null;

function end(event: MouseEvent | TouchEvent, connection: FinalConnectionState): void {
  const wiring = useWiring.getState();
  const { start } = wiring;
  stopWiring();
  if (!start || isGivingUp()) return;
  const { toHandle } = connection;
  if (toHandle?.id) {
    const to = endAt(toHandle.nodeId, toHandle.id);
    // A click on a port, or a drag that came back to where it began, means nothing.
    if (to.node === start.node && to.port === start.port) return;
    forgetTap();
    const why = whyNot(wiring, to, sideOf(toHandle.type));
    if (why) hint(why);
    return;
  }
  forgetTap();
  const point = "changedTouches" in event ? event.changedTouches[0] : event;
  if (!point) return;
  const screen = { x: point.clientX, y: point.clientY };
  const under = document.elementFromPoint(screen.x, screen.y);
  const node = wirableUnder(under);
  if (node && node !== connection.fromNode?.id) {
    const drawn = drawWireToBody(start, node, moving?.id);
    if (moving && drawn) moving.done = true;
  } else if (moving) removeMoved();
  else if (under?.classList.contains("react-flow__pane")) {
    const at = canvasView()?.toCanvas(screen);
    if (at) openOverlay({ kind: "quick-add", screen, at, from: { end: start, side: start.side } });
  }
}

/** The node or the collapsed frame that an element belongs to. */
function wirableUnder(element: Element | null): string | undefined {
  const id = element?.closest<HTMLElement>(".react-flow__node")?.dataset.id;
  const { draft } = useEditor.getState();
  const mark = id === undefined ? undefined : findMark(draft, id);
  return mark && !(isFrame(mark) && mark.collapsed) ? undefined : id;
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
    if (ends && !isGivingUp()) drawWire(ends.from, ends.to);
  },
  onReconnectStart: (_event: unknown, edge: Edge) => {
    moving = { id: edge.id, done: false };
  },
  onReconnect: (edge: Edge, connection: Connection) => {
    const ends = endsOf(connection);
    if (moving) moving.done = true;
    if (ends && !isGivingUp()) drawWire(ends.from, ends.to, edge.id);
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
