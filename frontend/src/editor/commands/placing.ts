/** What lies on the canvas, and room beside it. */

import { COLLAPSED, framesOf, hiddenBy, notesOf } from "../../graph/marks";
import { freeShift, NODE_HEIGHT, NODE_WIDTH, type Placed } from "../../graph/place";
import type { Marked, Position } from "../../graph/types";
import { canvasView } from "../window/view";
import { useEditor } from "../store/store";

/** Everything that may be covered: an open frame may not, what lies on it lies in it. */
function boxesIn(file: Marked): Placed[] {
  const hidden = hiddenBy(file);
  const shown = <One extends { id: string }>(all: readonly One[]) => all.filter(({ id }) => !hidden.has(id));
  const drawn = new Map(
    canvasView()
      ?.boxes(file.nodes.map(({ id }) => id))
      .map((box) => [box.id, box]),
  );
  return [
    ...shown(file.nodes).map(({ id, position }) => {
      const { width = NODE_WIDTH, height = NODE_HEIGHT } = drawn.get(id) ?? {};
      return { id, ...position, width, height };
    }),
    ...shown(notesOf(file)).map(({ id, position, size }) => ({ id, ...position, ...size })),
    ...shown(framesOf(file)).flatMap(({ id, position, collapsed }) =>
      collapsed ? [{ id, ...position, ...COLLAPSED }] : [],
    ),
  ];
}

/** The nearest place to this one where a node covers nothing. */
export const freePlace = (at: Position): Position => freeRows(at, 1)[0] ?? at;

/** Nodes in one row, before the next row begins; and from one to the next. */
const IN_A_ROW = 4;
const PITCH = { x: NODE_WIDTH + 40, y: NODE_HEIGHT + 40 };

/** The nearest places to this one where so many nodes, side by side, cover nothing. */
export function freeRows({ x, y }: Position, count: number): Position[] {
  const places = Array.from({ length: count }, (_, index) => ({
    x: x + (index % IN_A_ROW) * PITCH.x,
    y: y + Math.floor(index / IN_A_ROW) * PITCH.y,
  }));
  const boxes = places.map((place) => ({ ...place, width: NODE_WIDTH, height: NODE_HEIGHT }));
  const by = freeShift(boxes, boxesIn(useEditor.getState().draft));
  return places.map((place) => ({ x: place.x + by.x, y: place.y + by.y }));
}

/** How far a piece has to give way that is moved so from where its own things lie. */
export function giveWay(piece: Marked, moved: Position): Position {
  const open = framesOf(piece).filter(({ collapsed }) => !collapsed);
  const boxes = [...boxesIn(piece), ...open.map(({ position, size }) => ({ ...position, ...size }))];
  const by = freeShift(
    boxes.map((box) => ({ ...box, x: box.x + moved.x, y: box.y + moved.y })),
    boxesIn(useEditor.getState().draft),
  );
  return { x: moved.x + by.x, y: moved.y + by.y };
}
