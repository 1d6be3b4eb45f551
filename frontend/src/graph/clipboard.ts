/** Copy and paste as text: a copied piece of a graph is an experiment file itself. */

import { freshIds } from "./edits";
import { adopted, needed } from "./own/carry";
import { definitionsOf } from "./own/definition";
import { endOf, endText } from "./read";
import { framesOf, freshMarkIds, notesOf } from "./marks";
import { mended, type Mended } from "./whole";
import {
  FORMAT,
  type ExperimentFile,
  type Frame,
  type Graph,
  type GraphNode,
  type Marked,
  type Note,
  type Position,
  type Wire,
} from "./types";

/** These nodes and the wires between them, with these notes and frames. */
export function pick(graph: Marked, ids: ReadonlySet<string>): Marked {
  const notes = notesOf(graph).filter((note) => ids.has(note.id));
  const frames = framesOf(graph).filter((frame) => ids.has(frame.id));
  return {
    nodes: graph.nodes.filter((node) => ids.has(node.id)),
    wires: graph.wires.filter((wire) => ids.has(endOf(wire.from).node) && ids.has(endOf(wire.to).node)),
    ...(notes.length && { notes }),
    ...(frames.length && { frames }),
  };
}

export function copyText(graph: Marked, ids: ReadonlySet<string>): string {
  const piece = pick(graph, ids);
  const modules = needed(piece, definitionsOf(graph));
  const file: ExperimentFile = {
    format: FORMAT,
    name: "Copied nodes",
    ...piece,
    ...(Object.keys(modules).length > 0 && { modules }),
  };
  return JSON.stringify(file, null, 1);
}

/** The experiment file in a text, with what was left out since it cannot be drawn; null if the text is something else. */
export function readText(text: string): Mended | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  const file = value as Partial<ExperimentFile>;
  if (file.format !== FORMAT || !Array.isArray(file.nodes)) return null;
  return mended(file);
}

export interface Pasted<G extends Graph> {
  graph: G;
  ids: string[];
  /** Of the notes and frames. */
  marks: string[];
}

/** The top left corner of everything in a piece. */
export function cornerOf(piece: Marked): Position {
  const all = [...piece.nodes, ...notesOf(piece), ...framesOf(piece)].map((one) => one.position);
  return { x: Math.min(...all.map(({ x }) => x)), y: Math.min(...all.map(({ y }) => y)) };
}

/**
 * Adds a piece under fresh ids, its inner wires kept, with the own modules that it brings; `at` is where its top left
 * corner goes.
 */
export function paste<G extends Marked>(
  graph: G,
  brought: Marked,
  at: Position,
  used: Iterable<string> = [],
): Pasted<G> {
  const { piece, modules } = adopted(graph, brought);
  const { x: left, y: top } = cornerOf(piece);
  const moved = ({ x, y }: Position): Position => ({ x: x - left + at.x, y: y - top + at.y });
  const ids = freshIds(graph, brought.nodes.length, used);
  const names = new Map(brought.nodes.map((node, index) => [node.id, ids[index] ?? node.id]));
  const nodes: GraphNode[] = piece.nodes.map((node) => ({
    ...node,
    id: names.get(node.id) ?? node.id,
    position: moved(node.position),
  }));
  const renamed = (end: string): string | null => {
    const { node, port } = endOf(end);
    const name = names.get(node);
    return name === undefined ? null : endText({ node: name, port });
  };
  const wires: Wire[] = piece.wires.flatMap((wire) => {
    const from = renamed(wire.from);
    const to = renamed(wire.to);
    return from && to ? [{ ...wire, from, to }] : [];
  });
  const marks = pasteMarks(graph, piece, names, moved);
  return {
    graph: {
      ...graph,
      nodes: [...graph.nodes, ...nodes],
      wires: [...graph.wires, ...wires],
      ...(Object.keys(modules).length > 0 && { modules }),
      ...(marks.notes.length && { notes: [...notesOf(graph), ...marks.notes] }),
      ...(marks.frames.length && { frames: [...framesOf(graph), ...marks.frames] }),
    },
    ids: nodes.map((node) => node.id),
    marks: [...marks.notes, ...marks.frames].map((mark) => mark.id),
  };
}

/** Notes and frames under fresh ids; what a collapsed frame holds goes by its new name. */
function pasteMarks(
  graph: Marked,
  piece: Marked,
  names: Map<string, string>,
  moved: (place: Position) => Position,
): { notes: Note[]; frames: Frame[] } {
  const old = [...notesOf(piece), ...framesOf(piece)];
  const fresh = freshMarkIds(graph, old, [...names.values()]);
  const nameOf = (id: string) => fresh.get(id) ?? names.get(id);
  return {
    notes: notesOf(piece).map((note) => ({
      ...note,
      id: nameOf(note.id) ?? note.id,
      position: moved(note.position),
    })),
    frames: framesOf(piece).map((frame) => ({
      ...frame,
      id: nameOf(frame.id) ?? frame.id,
      position: moved(frame.position),
      ...(frame.collapsed && { collapsed: frame.collapsed.flatMap((id) => nameOf(id) ?? []) }),
    })),
  };
}

/** Copies nodes, moved so far; wires into them from outside are kept too. */
export function duplicate<G extends Marked>(
  graph: G,
  ids: ReadonlySet<string>,
  used: Iterable<string> = [],
  by: Position = { x: 40, y: 40 },
): Pasted<G> {
  const piece = pick(graph, ids);
  const corner = cornerOf(piece);
  const pasted = paste(graph, piece, { x: corner.x + by.x, y: corner.y + by.y }, used);
  const copyOf = new Map(piece.nodes.map((node, index) => [node.id, pasted.ids[index] as string]));
  const outside = graph.wires.flatMap((wire) => {
    const to = endOf(wire.to);
    const copy = copyOf.get(to.node);
    return copy && !ids.has(endOf(wire.from).node)
      ? [{ ...wire, to: endText({ node: copy, port: to.port }) }]
      : [];
  });
  return { ...pasted, graph: { ...pasted.graph, wires: [...pasted.graph.wires, ...outside] } };
}
