/** What is asked of a layered layout, and how its answer comes back onto the canvas. Pure. */

import type { Box } from "./arrange";
import { levelsOf, type Levels } from "./levels";
import { notesOf, ROOM } from "./marks";
import { snapped } from "./place";
import type { Frame, Marked, Note, Position, Size } from "./types";

export interface Untidy {
  boxes: { id: string; width: number; height: number }[];
  wires: { from: string; to: string }[];
}

/** Top left corners, in a plane of its own. */
export type Tidied = { id: string; x: number; y: number }[];
export type Layout = (question: Untidy) => Promise<Tidied>;

/** Where everything goes, and how large open frames become. */
export interface Order {
  places: Map<string, Position>;
  sizes: Map<string, Size>;
}

/** So near to a node that a note is about it, and goes along. */
const NEAR = 80;

const NOWHERE = (id: string): Box => ({ id, x: 0, y: 0, width: 0, height: 0 });

/** What goes as one: a node or a folded frame with the notes beside it; an open frame with all that lies in it. */
interface Block {
  box: Box;
  /** From the box's corner. */
  parts: Map<string, Position>;
}

/**
 * Lays out the nodes and frames that are wanted, as boxes that cover none of each other. What lies in an open frame is
 * laid out for itself, and the frame fitted to it. The top left corner of the whole stays. `room`: pixels that stay free
 * on both sides of a node, so that it keeps standing below what feeds it.
 */
export async function tidied(
  file: Marked,
  wanted: Iterable<string>,
  drawn: readonly Box[],
  layout: Layout,
  room: ReadonlyMap<string, number> = new Map(),
): Promise<Order> {
  const levels = levelsOf(file);
  const boxesById = new Map(drawn.map((box) => [box.id, box]));
  const beside = notesBeside(file, drawn, levels);
  const sizes = new Map<string, Size>();

  const blockOf = async (id: string): Promise<Block> => {
    const frame = levels.open.get(id);
    if (!frame) return withNotes(boxesById.get(id) ?? NOWHERE(id), beside.get(id) ?? [], room.get(id));
    const inner = await arranged(levels.inFrame(id));
    const parts = new Map([[id, { x: 0, y: 0 }]]);
    for (const [part, { x, y }] of inner.parts) parts.set(part, { x: x + ROOM.side, y: y + ROOM.top });
    const size = inner.parts.size === 0 ? frame.size : fitting(inner.box);
    sizes.set(id, size);
    return { box: { id, ...frame.position, ...size }, parts };
  };

  const arranged = async (ids: readonly string[]): Promise<Block> => {
    if (ids.length === 0) return { box: NOWHERE(""), parts: new Map() };
    const blocks: Block[] = [];
    for (const id of ids) blocks.push(await blockOf(id));
    const boxes = blocks.map(({ box }) => box);
    const among = new Set(ids);
    const wires = levels.wires.filter(({ from, to }) => among.has(from) && among.has(to));
    const answer = await withLoose(boxes, wires, layout);
    const [left, top] = [Math.min(...answer.map(({ x }) => x)), Math.min(...answer.map(({ y }) => y))];
    const at = new Map(answer.map(({ id, x, y }) => [id, { x: snapped(x - left), y: snapped(y - top) }]));
    const parts = new Map<string, Position>();
    let [width, height] = [0, 0];
    for (const block of blocks) {
      const { x, y } = at.get(block.box.id) ?? { x: 0, y: 0 };
      for (const [id, part] of block.parts) parts.set(id, { x: x + part.x, y: y + part.y });
      width = Math.max(width, x + block.box.width);
      height = Math.max(height, y + block.box.height);
    }
    const x = Math.min(...boxes.map((box) => box.x));
    const y = Math.min(...boxes.map((box) => box.y));
    return { box: { id: "", x, y, width, height }, parts };
  };

  const { frame: around, items } = levels.common(wanted);
  if (items.length === 0) return { places: new Map(), sizes };
  const { box, parts } = await arranged(items);
  const places = new Map(
    [...parts].map(([id, { x, y }]) => [id, { x: snapped(box.x + x), y: snapped(box.y + y) }]),
  );
  if (around) sizes.set(around.id, grown(around, box));
  return { places, sizes };
}

/** Pixels between what hangs on no wire, and below the graph. */
const BETWEEN = 40;
const BELOW = 56;
/** So many loose boxes stand well in one row. */
const FEW = 3;

/** Lays out what is wired; more than a few loose boxes stand in rows below, no wider than the graph or a screen's shape. */
async function withLoose(boxes: readonly Box[], wires: Untidy["wires"], layout: Layout): Promise<Tidied> {
  const wired = new Set(wires.flatMap(({ from, to }) => [from, to]));
  const loose = boxes.filter(({ id }) => !wired.has(id));
  if (loose.length <= FEW) return layout(asked(boxes, wires));
  const graph = boxes.filter(({ id }) => wired.has(id));
  const answer = graph.length ? await layout(asked(graph, wires)) : [];
  const sizes = new Map(graph.map((box) => [box.id, box]));
  const edge = (side: "x" | "y", size: "width" | "height") =>
    answer.map((at) => at[side] + (sizes.get(at.id)?.[size] ?? 0));
  const left = Math.min(...answer.map(({ x }) => x), Infinity);
  const width = Math.max(...edge("x", "width"), -Infinity) - left;
  return [
    ...answer,
    ...rows(loose, answer.length ? width : 0).map(({ id, x, y }) => ({
      id,
      x: x + (answer.length ? left : 0),
      y: y + (answer.length ? Math.max(...edge("y", "height")) + BELOW : 0),
    })),
  ];
}

/** In reading order, row by row. */
function rows(boxes: readonly Box[], atLeast: number): Tidied {
  const area = boxes.reduce((sum, { width, height }) => sum + (width + BETWEEN) * (height + BELOW), 0);
  const room = Math.max(atLeast, Math.sqrt(1.6 * area), ...boxes.map(({ width }) => width));
  const placed: Tidied = [];
  let [x, y, high] = [0, 0, 0];
  for (const { id, width, height } of [...boxes].sort((a, b) => a.y - b.y || a.x - b.x)) {
    if (x > 0 && x + width > room) [x, y, high] = [0, y + high + BELOW, 0];
    placed.push({ id, x, y });
    x += width + BETWEEN;
    high = Math.max(high, height);
  }
  return placed;
}

/** Nodes in reading order, so that a tidy graph stays as it is and a mirrored one stays mirrored. */
function asked(boxes: readonly Box[], wires: Untidy["wires"]): Untidy {
  const inOrder = [...boxes].sort((a, b) => a.x - b.x || a.y - b.y);
  const column = new Map(inOrder.map((box, index) => [box.id, index]));
  const order = (id: string) => column.get(id) ?? 0;
  return {
    boxes: inOrder.map(({ id, width, height }) => ({ id, width, height })),
    wires: [...wires].sort((a, b) => order(a.to) - order(b.to) || order(a.from) - order(b.from)),
  };
}

/** A node or a folded frame, and the notes about it: those beside it, in the same frame, nearer to it than others. */
function withNotes(box: Box, notes: readonly Note[], room = 0): Block {
  const corner = {
    x: Math.min(box.x - room, ...notes.map(({ position }) => position.x)),
    y: Math.min(box.y, ...notes.map(({ position }) => position.y)),
  };
  const right = Math.max(
    box.x + box.width + room,
    ...notes.map(({ position, size }) => position.x + size.width),
  );
  const bottom = Math.max(box.y + box.height, ...notes.map(({ position, size }) => position.y + size.height));
  const parts = [box, ...notes.map(({ id, position }) => ({ id, ...position }))].map(
    ({ id, x, y }) => [id, { x: x - corner.x, y: y - corner.y }] as const,
  );
  return {
    box: { id: box.id, ...corner, width: right - corner.x, height: bottom - corner.y },
    parts: new Map(parts),
  };
}

/** The notes that are about each of these boxes. */
function notesBeside(file: Marked, boxes: readonly Box[], levels: Levels): Map<string, Note[]> {
  const beside = new Map<string, Note[]>();
  for (const note of notesOf(file)) {
    const where = levels.chain(note.id).at(-2);
    let [nearest, least]: [string | undefined, number] = [undefined, NEAR];
    for (const box of boxes) {
      const gap = gapBetween(box, { ...note.position, ...note.size });
      if (gap < least && levels.chain(box.id).at(-2) === where) [nearest, least] = [box.id, gap];
    }
    if (nearest !== undefined) beside.set(nearest, [...(beside.get(nearest) ?? []), note]);
  }
  return beside;
}

/** A note is about what it stands beside, rather than about what it stands above. */
const gapBetween = (a: Position & Size, b: Position & Size): number =>
  Math.max(
    a.x - b.x - b.width,
    b.x - a.x - a.width,
    3 * (a.y - b.y - b.height),
    3 * (b.y - a.y - a.height),
    0,
  );

/** A frame around what was laid out from its corner on. */
const fitting = ({ width, height }: Size): Size => ({
  width: width + 2 * ROOM.side,
  height: height + ROOM.top + ROOM.side,
});

/** The frame stays as it is, or grows to the right and downwards until it holds the box. */
const grown = ({ position, size }: Frame, box: Box): Size => ({
  width: Math.max(size.width, box.x + box.width + ROOM.side - position.x),
  height: Math.max(size.height, box.y + box.height + ROOM.side - position.y),
});
