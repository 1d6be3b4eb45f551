/** Notes and frames: what is written on the canvas beside the nodes. Pure. */

import { NODE_HEIGHT, NODE_WIDTH } from "./place";
import { COLORS, type Color, type Frame, type Marked, type Note, type Position, type Size } from "./types";

export type Mark = Note | Frame;

export interface Box {
  position: Position;
  size: Size;
}

const NO_NOTES: readonly Note[] = [];
const NO_FRAMES: readonly Frame[] = [];

export const notesOf = (file: Marked): readonly Note[] => file.notes ?? NO_NOTES;
export const framesOf = (file: Marked): readonly Frame[] => file.frames ?? NO_FRAMES;

export const isFrame = (mark: Mark): mark is Frame => "title" in mark;

export const findMark = (file: Marked, id: string): Mark | undefined =>
  notesOf(file).find((note) => note.id === id) ?? framesOf(file).find((frame) => frame.id === id);

export const COLLAPSED: Size = { width: 220, height: 64 };
export const NOTE_SIZE: Size = { width: 220, height: 120 };
/** In a frame around what lies in it; on the grid, so that what is moved with its frame stays there too. */
export const ROOM = { side: 20, top: 50, bottom: 40 };

/** Fresh ids for marks, as they were where these are free: `note1`, `frame2`. By old id. */
export function freshMarkIds(
  file: Marked,
  marks: readonly { id: string; title?: unknown }[],
  alsoTaken: readonly string[] = [],
): Map<string, string> {
  const taken = new Set([
    ...file.nodes.map((node) => node.id),
    ...notesOf(file).map((note) => note.id),
    ...framesOf(file).map((frame) => frame.id),
    ...alsoTaken,
  ]);
  const fresh = new Map<string, string>();
  for (const mark of marks) {
    const word = mark.title === undefined ? "note" : "frame";
    let number = 1;
    while (taken.has(`${word}${number}`)) number++;
    taken.add(`${word}${number}`);
    fresh.set(mark.id, `${word}${number}`);
  }
  return fresh;
}

export const addNote = <F extends Marked>(file: F, note: Note): F => ({
  ...file,
  notes: [...notesOf(file), note],
});

export const addFrame = <F extends Marked>(file: F, frame: Frame): F => ({
  ...file,
  frames: [...framesOf(file), frame],
});

export function changeMark<F extends Marked>(file: F, id: string, change: Partial<Note> & Partial<Frame>): F {
  if (notesOf(file).some((note) => note.id === id)) {
    return {
      ...file,
      notes: notesOf(file).map((note) => (note.id === id ? ({ ...note, ...change } as Note) : note)),
    };
  }
  return {
    ...file,
    frames: framesOf(file).map((frame) => (frame.id === id ? ({ ...frame, ...change } as Frame) : frame)),
  };
}

export function removeMarks<F extends Marked>(file: F, ids: ReadonlySet<string>): F {
  if (ids.size === 0) return file;
  return {
    ...file,
    ...(file.notes && { notes: file.notes.filter((note) => !ids.has(note.id)) }),
    ...(file.frames && { frames: file.frames.filter((frame) => !ids.has(frame.id)) }),
  };
}

export function moveMarks<F extends Marked>(file: F, places: ReadonlyMap<string, Position>): F {
  if (![...notesOf(file), ...framesOf(file)].some((mark) => places.has(mark.id))) return file;
  const moved = <M extends Mark>(mark: M): M => {
    const position = places.get(mark.id);
    return position ? { ...mark, position } : mark;
  };
  return {
    ...file,
    ...(file.notes && { notes: file.notes.map(moved) }),
    ...(file.frames && { frames: file.frames.map(moved) }),
  };
}

/** The box around these nodes and notes with room for a title; null where there are none. */
export function boxAround(file: Marked, ids: ReadonlySet<string>): Box | null {
  const boxes: Box[] = [
    ...file.nodes
      .filter((node) => ids.has(node.id))
      .map(({ position }) => ({ position, size: { width: NODE_WIDTH, height: NODE_HEIGHT } })),
    ...[...notesOf(file), ...framesOf(file)].filter((mark) => ids.has(mark.id)),
  ];
  if (boxes.length === 0) return null;
  const left = Math.min(...boxes.map((box) => box.position.x)) - ROOM.side;
  const top = Math.min(...boxes.map((box) => box.position.y)) - ROOM.top;
  const right = Math.max(...boxes.map((box) => box.position.x + box.size.width)) + ROOM.side;
  const bottom = Math.max(...boxes.map((box) => box.position.y + box.size.height)) + ROOM.bottom;
  return { position: { x: left, y: top }, size: { width: right - left, height: bottom - top } };
}

/** Whether the middle of one box lies in another. */
function holds(outer: Box, position: Position, size: Size): boolean {
  const x = position.x + size.width / 2 - outer.position.x;
  const y = position.y + size.height / 2 - outer.position.y;
  return x > 0 && y > 0 && x < outer.size.width && y < outer.size.height;
}

const NODE: Size = { width: NODE_WIDTH, height: NODE_HEIGHT };
const area = ({ size }: Box): number => size.width * size.height;

/** The ids of what lies in a frame: nodes, notes, and smaller frames with what they hold. */
export function contentsOf(file: Marked, frame: Frame): string[] {
  if (frame.collapsed) {
    return frame.collapsed.flatMap((id) => {
      const inner = framesOf(file).find((one) => one.id === id);
      return inner?.collapsed ? [id, ...inner.collapsed] : [id];
    });
  }
  const hidden = hiddenBy(file);
  const found = new Set<string>();
  for (const node of file.nodes) {
    if (!hidden.has(node.id) && holds(frame, node.position, NODE)) found.add(node.id);
  }
  for (const note of notesOf(file)) {
    if (!hidden.has(note.id) && holds(frame, note.position, note.size)) found.add(note.id);
  }
  for (const inner of framesOf(file)) {
    if (inner.id === frame.id || hidden.has(inner.id)) continue;
    const size = inner.collapsed ? COLLAPSED : inner.size;
    if ((inner.collapsed || area(inner) < area(frame)) && holds(frame, inner.position, size)) {
      found.add(inner.id);
      for (const id of inner.collapsed ?? []) found.add(id);
    }
  }
  return [...found];
}

/** The frame that each thing lies in: of several, the one with the fewest things in it. */
export function innermostFrames(file: Marked): Map<string, string> {
  const contents = framesOf(file)
    .map((frame) => ({ id: frame.id, holds: contentsOf(file, frame) }))
    .sort((a, b) => b.holds.length - a.holds.length);
  return new Map(contents.flatMap(({ id, holds }) => holds.map((held) => [held, id] as const)));
}

const hiddenIndex = new WeakMap<readonly Frame[], ReadonlyMap<string, string>>();
const NOTHING_HIDDEN: ReadonlyMap<string, string> = new Map();

/** What is not drawn since it lies in a collapsed frame, with the outermost such frame. */
export function hiddenBy(file: Marked): ReadonlyMap<string, string> {
  const { frames } = file;
  if (!frames?.some((frame) => frame.collapsed)) return NOTHING_HIDDEN;
  let index = hiddenIndex.get(frames);
  if (!index) {
    const direct = new Map(
      frames.flatMap((frame) => (frame.collapsed ?? []).map((id) => [id, frame.id] as const)),
    );
    const outermost = (id: string, steps = 0): string => {
      const outer = direct.get(id);
      return outer === undefined || steps > frames.length ? id : outermost(outer, steps + 1);
    };
    index = new Map([...direct.keys()].map((id) => [id, outermost(id)]));
    hiddenIndex.set(frames, index);
  }
  return index;
}

/** Makes one box of a frame. */
export const collapse = <F extends Marked>(file: F, frame: Frame): F =>
  frame.collapsed ? file : changeMark(file, frame.id, { collapsed: contentsOf(file, frame) });

export function expand<F extends Marked>(file: F, id: string): F {
  return {
    ...file,
    frames: framesOf(file).map((frame) => {
      if (frame.id !== id) return frame;
      const { collapsed: _shown, ...open } = frame;
      return open;
    }),
  };
}

/** Where everything goes when these marks and nodes do: a frame takes along what lies in it. */
export function withContents(file: Marked, places: ReadonlyMap<string, Position>): Map<string, Position> {
  const all = new Map(places);
  const positions = new Map(
    [...file.nodes, ...notesOf(file), ...framesOf(file)].map((one) => [one.id, one.position]),
  );
  for (const frame of framesOf(file)) {
    const to = places.get(frame.id);
    if (!to) continue;
    for (const id of contentsOf(file, frame)) {
      const from = positions.get(id);
      if (!from || places.has(id)) continue;
      all.set(id, { x: from.x + to.x - frame.position.x, y: from.y + to.y - frame.position.y });
    }
  }
  return all;
}

/** Pixels from the middle of the canvas: beyond, browsers cannot draw, and a view that fits all shows nothing. */
const REACH = 1_000_000;
const isWithin = (value: unknown, least: number): boolean =>
  typeof value === "number" && value >= least && value <= REACH; // NaN is within nothing

/** Whether something can be drawn there. */
export const isPlace = (value: unknown): value is Position =>
  isWithin((value as Position | null)?.x, -REACH) && isWithin((value as Position).y, -REACH);
const isSize = (value: unknown): value is Size =>
  isWithin((value as Size | null)?.width, 1) && isWithin((value as Size).height, 1);
const colorOf = (value: unknown): Color => (COLORS.includes(value as Color) ? (value as Color) : "yellow");
const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** The notes and frames of a file that others wrote: what cannot be drawn is left out. `taken`: ids of its nodes. */
export function wellFormed(
  file: { notes?: unknown; frames?: unknown },
  taken: Iterable<unknown> = [],
): Pick<Marked, "notes" | "frames"> {
  const ids = new Set(taken);
  const isDrawable = (mark: Mark | null): boolean => {
    if (typeof mark?.id !== "string" || !isPlace(mark.position) || !isSize(mark.size)) return false;
    if (ids.has(mark.id)) return false;
    ids.add(mark.id);
    return true;
  };
  const drawable = (list: unknown): Mark[] =>
    Array.isArray(list) ? (list as Mark[]).filter(isDrawable) : [];
  const notes = drawable(file.notes) as Note[];
  const frames = drawable(file.frames) as Frame[];
  return {
    ...(notes.length && {
      notes: notes.map((note) => ({ ...note, text: textOf(note.text), color: colorOf(note.color) })),
    }),
    ...(frames.length && {
      frames: frames.map(({ collapsed, ...frame }) => ({
        ...frame,
        title: textOf(frame.title),
        color: colorOf(frame.color),
        ...(Array.isArray(collapsed) && { collapsed: collapsed.filter((id) => typeof id === "string") }),
      })),
    }),
  } as Pick<Marked, "notes" | "frames">;
}
