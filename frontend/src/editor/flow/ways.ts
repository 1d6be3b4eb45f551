/** The ways of the wires: around what lies on the canvas, worked out anew only where something there moved. */

import { create } from "zustand";
import { Boxes, type Box } from "../../graph/route/boxes";
import { plainCurve, wirePath, type WireEnds, type WirePath } from "../../graph/route/wirePath";
import { NODE_WIDTH } from "../../graph/place";
import type { FlowNode } from "./flowAdapter";
import type { MarkFlow } from "./markFlow";
import { USUAL_HEIGHT } from "./ports";

interface Around {
  boxes: Boxes;
  /** What is being dragged now; it stands in nobody's way before it is let go. */
  moving: readonly string[];
}

const useAround = create<Around>(() => ({ boxes: new Boxes(), moving: [] }));

/** Takes note of where things lie; while some are dragged, of which. */
export function lookAround(drawn: readonly (FlowNode | MarkFlow)[]): void {
  const { boxes, moving } = useAround.getState();
  const dragged = drawn.filter((node) => node.dragging).map(({ id }) => id);
  if (dragged.length) {
    if (dragged.length !== moving.length) useAround.setState({ moving: dragged });
    return;
  }
  const now = new Boxes(drawn.filter(isInTheWay).map(boxOf), boxes);
  if (moving.length || !now.equals(boxes)) useAround.setState({ boxes: now, moving: dragged });
}

/** An open frame is behind everything. */
const isInTheWay = (node: FlowNode | MarkFlow): boolean => node.type !== "frame" || node.data.ports !== null;

function boxOf({ id, position: { x, y }, width, height, measured }: FlowNode | MarkFlow): Box {
  return {
    id,
    left: x,
    top: y,
    right: x + (width ?? measured?.width ?? NODE_WIDTH),
    bottom: y + (height ?? measured?.height ?? USUAL_HEIGHT),
  };
}

interface Known {
  ends: WireEnds;
  around: Around;
  near: readonly Box[];
  way: WirePath;
}

const known = new Map<string, Known>();

export const forgetWays = (): void => known.clear();

/** The way of a wire; the same object until another way is the right one. */
export const useWay = (wire: string, ends: WireEnds): WirePath =>
  useAround((around) => wayOf(wire, ends, around));

function wayOf(wire: string, ends: WireEnds, around: Around): WirePath {
  const was = known.get(wire);
  const still = was !== undefined && sameEnds(was.ends, ends);
  if (still && was.around === around) return was.way;
  const near = still ? around.boxes.within(was.way.region) : [];
  if (still && sameBoxes(was.near, near)) {
    was.around = around;
    return was.way;
  }
  const way = newWay(ends, around);
  known.set(wire, { ends, around, near: around.boxes.within(way.region), way });
  return way;
}

/** Where many are dragged at once each frame counts: their wires go straight until they are let go. */
function newWay(ends: WireEnds, { boxes, moving }: Around): WirePath {
  const [only] = moving;
  if (moving.length > 1 && (moving.includes(ends.source) || moving.includes(ends.target)))
    return plainCurve(ends);
  return wirePath(ends, boxes, only);
}

const sameEnds = (a: WireEnds, b: WireEnds): boolean =>
  a.start.x === b.start.x &&
  a.start.y === b.start.y &&
  a.end.x === b.end.x &&
  a.end.y === b.end.y &&
  a.source === b.source &&
  a.target === b.target;

const sameBoxes = (a: readonly Box[], b: readonly Box[]): boolean =>
  a.length === b.length && a.every((box, index) => box === b[index]);

/** Wires out of one port run together in a narrow gap; those of others beside them. */
export function laneOf(from: string): number {
  let sum = 0;
  for (let at = 0; at < from.length; at++) sum = (sum * 31 + from.charCodeAt(at)) % 997;
  return (sum % 5) / 2 - 1;
}
