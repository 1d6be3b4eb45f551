/** Nodes that are dragged line up with those around them; thin lines say with which. */

import type { NodeChange } from "@xyflow/react";
import { create } from "zustand";
import { NODE_WIDTH } from "../../graph/place";
import { snap, type Guide } from "../../graph/guides";
import type { Position } from "../../graph/types";
import type { FlowNode } from "../flow/flowAdapter";
import { USUAL_HEIGHT } from "../flow/ports";

export const useGuides = create<{ guides: Guide[] }>(() => ({ guides: [] }));

const REACH = 6;
/** Only neighbors are lined up with: this far away nobody sees the line. */
const NEAR = 900;
const NONE = { x: 0, y: 0 };

let by: Position = NONE;

/** How far the drag that ends now was moved aside; asked once, then forgotten. */
export function takeGuided(): Position {
  const last = by;
  by = NONE;
  if (useGuides.getState().guides.length) useGuides.setState({ guides: [] });
  return last;
}

const boxOf = (node: FlowNode, position = node.position) => ({
  id: node.id,
  ...position,
  width: node.measured?.width ?? NODE_WIDTH,
  height: node.measured?.height ?? USUAL_HEIGHT,
});

/** Changes of place, as a drag makes them, lined up with the nodes that stay. */
export function guided(changes: NodeChange<FlowNode>[], nodes: readonly FlowNode[]): NodeChange<FlowNode>[] {
  const moves = changes.filter((change) => change.type === "position");
  if (moves.length === 0 || !moves.some((move) => move.position)) return changes;
  if (moves.some((move) => move.dragging)) consider(moves, nodes);
  if (by.x === 0 && by.y === 0) return changes;
  return changes.map((change) =>
    change.type === "position" && change.position
      ? { ...change, position: { x: change.position.x + by.x, y: change.position.y + by.y } }
      : change,
  );
}

type Move = Extract<NodeChange<FlowNode>, { type: "position" }>;

function consider(moves: Move[], nodes: readonly FlowNode[]): void {
  const to = new Map(moves.flatMap(({ id, position }) => (position ? [[id, position] as const] : [])));
  const boxes = nodes.filter(({ id }) => to.has(id)).map((node) => boxOf(node, to.get(node.id)));
  if (boxes.length === 0) return;
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const whole = {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
  const others = nodes
    .filter(
      (node) =>
        !to.has(node.id) && Math.abs(node.position.x - x) < NEAR && Math.abs(node.position.y - y) < NEAR,
    )
    .map((node) => boxOf(node));
  const snapped = snap(whole, others, REACH);
  by = { x: Math.round(snapped.by.x), y: Math.round(snapped.by.y) };
  if (snapped.guides.length || useGuides.getState().guides.length)
    useGuides.setState({ guides: snapped.guides });
}
