/** What lies on the canvas, and room beside it. */

import { COLLAPSED, framesOf, hiddenBy, notesOf } from "../../graph/marks";
import { freeShift, NODE_HEIGHT, NODE_WIDTH, type Placed } from "../../graph/place";
import type { Marked, Position } from "../../graph/types";
import { canvasView } from "../canvas/view";
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
export function freePlace({ x, y }: Position): Position {
  const box = { x, y, width: NODE_WIDTH, height: NODE_HEIGHT };
  const by = freeShift([box], boxesIn(useEditor.getState().draft));
  return { x: x + by.x, y: y + by.y };
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
