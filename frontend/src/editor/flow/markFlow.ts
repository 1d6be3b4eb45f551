/** Notes and frames as React Flow's nodes, and wires that end at a collapsed frame. */

import type { Node, NodeChange } from "@xyflow/react";
import { COLLAPSED, contentsOf, framesOf, hiddenBy, notesOf } from "../../graph/marks";
import { outerPorts, type OuterPorts } from "../../graph/outerPorts";
import type { Catalog, Frame, Graph, Marked, Note, Position } from "../../graph/types";
import { plural } from "../../ui/words";
import type { FlowEdge, FlowNode } from "./flowAdapter";

export type NoteFlow = Node<{ note: Note }, "note">;
export type FrameFlow = Node<{ frame: Frame; ports: OuterPorts | null; nodes: number }, "frame">;
export type MarkFlow = NoteFlow | FrameFlow;
/** What wires end at: a node, or a collapsed frame. */
export type Box = FlowNode | FrameFlow;

/** Behind the wires and the nodes, selected or not: React Flow raises what is selected by 1000. */
const BEHIND = -2000;

/** Reached from the outline and by walking, not one by one with Tab. */
const BY_KEYS = { tabIndex: -1 };

export function markFlow(
  file: Marked,
  catalog: Catalog,
  selected: ReadonlySet<string>,
  before: MarkFlow[],
): MarkFlow[] {
  const notes = notesOf(file);
  const frames = framesOf(file);
  if (notes.length + frames.length === 0) return before.length ? [] : before;
  const hidden = hiddenBy(file);
  const old = new Map(before.map((mark) => [mark.id, mark]));
  const shown = <M extends { id: string }>(mark: M) => !hidden.has(mark.id);
  return [
    ...frames
      .filter(shown)
      .map((frame) => frameFlow(file, catalog, frame, selected.has(frame.id), old.get(frame.id))),
    ...notes.filter(shown).map((note) => noteFlow(note, selected.has(note.id), old.get(note.id))),
  ];
}

const placed = (mark: Note | Frame, was: MarkFlow | undefined): Position =>
  was?.dragging ? was.position : mark.position;

function noteFlow(note: Note, selected: boolean, was: MarkFlow | undefined): NoteFlow {
  const old = was as NoteFlow | undefined;
  return {
    ...old,
    id: note.id,
    type: "note",
    position: placed(note, was),
    width: note.size.width,
    height: note.size.height,
    selected,
    domAttributes: BY_KEYS,
    ariaLabel: `Note: ${note.text || "empty"}`,
    data: old?.data.note === note ? old.data : { note },
  };
}

function frameFlow(
  file: Marked,
  catalog: Catalog,
  frame: Frame,
  selected: boolean,
  was: MarkFlow | undefined,
): FrameFlow {
  const { collapsed } = frame;
  const size = collapsed ? COLLAPSED : frame.size;
  const inside = collapsed ?? contentsOf(file, frame);
  const nodes = file.nodes.filter((node) => inside.includes(node.id)).length;
  return {
    ...(was as FrameFlow | undefined),
    id: frame.id,
    type: "frame",
    position: placed(frame, was),
    width: size.width,
    height: size.height,
    zIndex: collapsed ? 0 : BEHIND,
    selected,
    domAttributes: BY_KEYS,
    dragHandle: ".frame-handle",
    // The open frame is no obstacle: only its title and its edge are held and clicked.
    style: collapsed ? {} : { pointerEvents: "none" },
    ariaLabel: `Frame: ${frame.title || "untitled"}, ${plural(nodes, "node")}${collapsed ? ", collapsed" : ""}`,
    data: { frame, ports: collapsed ? outerPorts(file, catalog, frame.id) : null, nodes },
  };
}

export const boxesOf = (nodes: FlowNode[], marks: readonly MarkFlow[]): Box[] => {
  const collapsed = marks.filter(
    (mark): mark is FrameFlow => mark.type === "frame" && mark.data.ports !== null,
  );
  return collapsed.length ? [...collapsed, ...nodes] : nodes;
};

/** The graph without what lies in collapsed frames. */
export function uncovered(graph: Marked): Graph {
  const hidden = hiddenBy(graph);
  return hidden.size ? { ...graph, nodes: graph.nodes.filter((node) => !hidden.has(node.id)) } : graph;
}

/** Wires into and out of collapsed frames end at the box; those inside one are not drawn. */
export function throughFrames(edges: FlowEdge[], file: Marked): FlowEdge[] {
  const hidden = hiddenBy(file);
  if (hidden.size === 0) return edges;
  return edges.flatMap((edge) => {
    const source = hidden.get(edge.source);
    const target = hidden.get(edge.target);
    if (source === undefined && target === undefined) return [edge];
    if (source === target) return [];
    return [
      {
        ...edge,
        ...(source !== undefined && { source, sourceHandle: edge.data?.wire.from ?? null }),
        ...(target !== undefined && { target, targetHandle: edge.data?.wire.to ?? null }),
      },
    ];
  });
}

/** What lies in a frame goes with it while it is dragged. `placeOf` says where things are drawn now. */
export function withFrameContents<C extends NodeChange>(
  changes: C[],
  file: Marked,
  placeOf: (id: string) => Position | undefined,
): C[] {
  const moved = new Set(
    changes.filter(({ type }) => type === "position").map((c) => ("id" in c ? c.id : "")),
  );
  const more = changes.flatMap((change) => {
    if (change.type !== "position" || change.dragging === undefined || !change.position) return [];
    const frame = framesOf(file).find((one) => one.id === change.id);
    const from = frame && placeOf(frame.id);
    if (!frame || !from) return [];
    const by = { x: change.position.x - from.x, y: change.position.y - from.y };
    return contentsOf(file, frame).flatMap((id) => {
      const at = placeOf(id);
      if (!at || moved.has(id)) return [];
      return [
        { ...change, id, position: { x: at.x + by.x, y: at.y + by.y }, positionAbsolute: undefined } as C,
      ];
    });
  });
  return more.length ? [...changes, ...more] : changes;
}
