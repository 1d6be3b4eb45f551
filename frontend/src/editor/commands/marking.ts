/** Verbs about notes and frames. */

import {
  IconBoxMultiple,
  IconFold,
  IconNote,
  IconPalette,
  IconPencil,
  IconSelectAll,
} from "@tabler/icons-react";
import {
  addFrame,
  addNote,
  boxAround,
  changeMark,
  collapse,
  contentsOf,
  expand,
  findMark,
  freshMarkIds,
  isFrame,
  NOTE_SIZE,
  type Mark,
} from "../../graph/marks";
import { snapped } from "../../graph/place";
import { findNode } from "../../graph/read";
import { COLORS, type Color, type Frame, type Marked, type Note, type Position } from "../../graph/types";
import { startWriting } from "../window/markEditing";
import { canvasView } from "../window/view";
import { edit } from "../store/edit";
import { select } from "../store/selection";
import { isReadOnly, shownGraph, useEditor } from "../store/store";
import type { Command } from "./command";
import { toEdit } from "./needs";

const state = useEditor.getState;
const writable = () => !isReadOnly(state());

/** The one selected note or frame. */
export function selectedMark(): Mark | undefined {
  const { nodes, marks } = state().selection;
  const [id, ...others] = marks;
  return id !== undefined && others.length === 0 && nodes.size === 0
    ? findMark(shownGraph(state()), id)
    : undefined;
}

const selectedFrame = (): Frame | undefined => {
  const mark = selectedMark();
  return mark && isFrame(mark) ? mark : undefined;
};

function here(): Position {
  const view = canvasView();
  const at = view?.pointer() ?? view?.middle() ?? { x: 80, y: 80 };
  return { x: snapped(at.x - NOTE_SIZE.width / 2), y: snapped(at.y - NOTE_SIZE.height / 2) };
}

function writeNote(position: Position = here()): void {
  const id = freshMarkIds(state().draft, [{ id: "new" }]).get("new") ?? "note1";
  const note: Note = { id, text: "", color: "yellow", position, size: NOTE_SIZE };
  edit("Add a note", (draft) => addNote(draft, note));
  select([], [], [id]);
  startWriting(id);
}

/** A frame around what is selected, or an empty one under the pointer. */
function frameSelection(): void {
  const { selection, draft } = state();
  const around = boxAround(draft, new Set([...selection.nodes, ...selection.marks]));
  const box = around ?? { position: here(), size: { width: 420, height: 280 } };
  const id = freshMarkIds(draft, [{ id: "new", title: "" }]).get("new") ?? "frame1";
  const frame: Frame = { id, title: "", color: "blue", ...box };
  edit("Add a frame", (file) => addFrame(file, frame));
  select([], [], [id]);
  startWriting(id);
}

/** Makes one box of a frame, or a frame of the box. */
export function toggleFrame(id: string): void {
  const { viewedRun } = state();
  const frame = findMark(shownGraph(state()), id);
  if (!frame || !isFrame(frame)) return;
  const toggle = <F extends Marked>(file: F): F =>
    frame.collapsed ? expand(file, id) : collapse(file, frame);
  // A prior run is looked into without changing anything.
  if (viewedRun) useEditor.setState({ viewedRun: { ...viewedRun, graph: toggle(viewedRun.graph) } });
  edit(frame.collapsed ? "Expand frame" : "Collapse frame", toggle);
  select([], [], [id]);
}

const noteCommand: Command = {
  id: "add-note",
  label: "Add a note",
  group: "Edit",
  Icon: IconNote,
  keys: ["N"],
  enabled: writable,
  needs: toEdit("Not now"),
  run: () => writeNote(),
};

export const noteAt = (at: Position): Command => ({
  ...noteCommand,
  run: () => writeNote({ x: snapped(at.x), y: snapped(at.y) }),
});

export const frameCommand: Command = {
  id: "frame",
  label: () => (state().selection.nodes.size ? "Frame the selection" : "Add a frame"),
  group: "Edit",
  Icon: IconBoxMultiple,
  keys: ["G"],
  enabled: writable,
  needs: toEdit("Not now"),
  run: frameSelection,
};

export const collapseCommand: Command = {
  id: "collapse-frame",
  label: () => (selectedFrame()?.collapsed ? "Expand the frame" : "Collapse the frame"),
  group: "Edit",
  Icon: IconFold,
  keys: ["Shift+G"],
  enabled: () => writable() && selectedFrame() !== undefined,
  needs: toEdit("Select one frame"),
  run: () => {
    const frame = selectedFrame();
    if (frame) toggleFrame(frame.id);
  },
};

export const writeCommand: Command = {
  id: "write-mark",
  label: () => (selectedFrame() ? "Rename the frame" : "Edit the note"),
  group: "Edit",
  Icon: IconPencil,
  keys: ["Shift+Enter"],
  enabled: () => writable() && selectedMark() !== undefined,
  needs: toEdit("Select one note or frame"),
  run: () => {
    const mark = selectedMark();
    if (mark) startWriting(mark.id);
  },
};

export const selectInsideCommand: Command = {
  id: "select-inside",
  label: "Select what is in the frame",
  group: "Select",
  Icon: IconSelectAll,
  enabled: () => selectedFrame() !== undefined && !selectedFrame()?.collapsed,
  needs: "Select one open frame",
  run: () => {
    const frame = selectedFrame();
    if (!frame) return;
    const graph = shownGraph(state());
    const inside = contentsOf(graph, frame);
    select(
      inside.filter((id) => findNode(graph, id)),
      [],
      inside.filter((id) => findMark(graph, id)),
    );
  },
};

export function paint(ids: Iterable<string>, color: Color): void {
  edit(`Color ${color}`, (draft) => [...ids].reduce((file, id) => changeMark(file, id, { color }), draft));
}

export const colorCommands: Command[] = COLORS.map((color) => ({
  id: `color-${color}`,
  label: `Color: ${color}`,
  group: "Edit",
  Icon: IconPalette,
  enabled: () => writable() && state().selection.marks.size > 0,
  needs: toEdit("Select a note or a frame first"),
  run: () => paint(state().selection.marks, color),
}));

export const marking: Command[] = [
  noteCommand,
  frameCommand,
  collapseCommand,
  writeCommand,
  selectInsideCommand,
  ...colorCommands,
];
