/** Verbs that change the graph. */

import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconClipboard,
  IconClipboardCheck,
  IconCopy,
  IconCopyPlus,
  IconCut,
  IconMessage,
  IconPlus,
  IconSettings,
  IconTrash,
} from "@tabler/icons-react";
import { duplicate, pick } from "../../graph/clipboard";
import { moveNodes } from "../../graph/edits";
import { findMark, isFrame, moveMarks, withContents } from "../../graph/marks";
import { GRID } from "../../graph/place";
import { findNode, nodeName } from "../../graph/read";
import type { Position } from "../../graph/types";
import { plural } from "../../ui/words";
import { canvasView } from "../window/view";
import { currentCatalog } from "../store/catalog";
import { openOverlay } from "../window/overlays";
import { edit, redo, undo } from "../store/edit";
import { isReadOnly, useEditor } from "../store/store";
import { contentText, copiedIds, copyByMenu, pasteByMenu, removeSelected, take } from "./clipboard";
import type { Command } from "./command";
import { ONE_NODE, SOMETHING, toEdit } from "./needs";
import { openProperties } from "../window/panelFocus";
import { giveWay } from "./placing";

const state = useEditor.getState;
const writable = () => !isReadOnly(state());
const some = () => state().selection.nodes.size > 0 || state().selection.marks.size > 0;
const one = () => state().selection.nodes.size === 1;
const anything = () => some() || state().selection.wires.size > 0;

export const undoCommand: Command = {
  id: "undo",
  label: () => labelled("Undo", state().past.at(-1)?.label),
  group: "Edit",
  Icon: IconArrowBackUp,
  keys: ["Ctrl+Z"],
  enabled: () => writable() && state().past.length > 0,
  needs: toEdit("Nothing to undo"),
  run: undo,
};

export const redoCommand: Command = {
  id: "redo",
  label: () => labelled("Redo", state().future.at(-1)?.label),
  group: "Edit",
  Icon: IconArrowForwardUp,
  keys: ["Ctrl+Y", "Ctrl+Shift+Z"],
  enabled: () => writable() && state().future.length > 0,
  needs: toEdit("Nothing was undone"),
  run: redo,
};

const labelled = (verb: string, step: string | undefined): string => (step ? `${verb}: ${step}` : verb);

export const addCommand: Command = {
  id: "add",
  label: "Add a module…",
  group: "Edit",
  Icon: IconPlus,
  keys: ["/"],
  enabled: writable,
  needs: toEdit("Not now"),
  run: () => {
    const view = canvasView();
    if (!view) return;
    const at = view.pointer();
    openOverlay({ kind: "quick-add", screen: view.toScreen(at ?? view.middle()), ...(at ? { at } : {}) });
  },
};

export const cutCommand: Command = {
  id: "cut",
  label: "Cut",
  group: "Edit",
  Icon: IconCut,
  keys: ["Ctrl+X"],
  native: true,
  enabled: () => writable() && some(),
  needs: toEdit(SOMETHING),
  run: () => copyByMenu(true),
};

export const copyCommand: Command = {
  id: "copy",
  label: "Copy",
  group: "Edit",
  Icon: IconCopy,
  keys: ["Ctrl+C"],
  native: true,
  enabled: some,
  needs: SOMETHING,
  run: () => copyByMenu(false),
};

export const pasteCommand: Command = {
  id: "paste",
  label: "Paste",
  group: "Edit",
  Icon: IconClipboard,
  keys: ["Ctrl+V"],
  native: true,
  enabled: writable,
  needs: toEdit("Not now"),
  run: () => pasteByMenu(),
};

export const pasteInPlaceCommand: Command = {
  id: "paste-in-place",
  label: "Paste in place",
  group: "Edit",
  Icon: IconClipboardCheck,
  keys: ["Ctrl+Shift+V"],
  native: true,
  enabled: writable,
  needs: toEdit("Not now"),
  run: () => pasteByMenu(true),
};

export const duplicateCommand: Command = {
  id: "duplicate",
  label: "Duplicate",
  group: "Edit",
  Icon: IconCopyPlus,
  keys: ["Ctrl+D"],
  enabled: () => writable() && some(),
  needs: toEdit(SOMETHING),
  run: () => {
    const { usedIds } = state();
    const wanted = copiedIds(state());
    const piece = pick(state().draft, wanted);
    const by = giveWay(piece, { x: 40, y: 40 });
    let copies = { ids: [] as string[], marks: [] as string[] };
    edit(`Duplicate ${contentText(piece)}`, (draft) => {
      const made = duplicate(draft, wanted, usedIds, by);
      copies = made;
      return made.graph;
    });
    take(copies.ids, copies.marks);
  },
};

export const deleteCommand: Command = {
  id: "delete",
  label: "Delete",
  group: "Edit",
  Icon: IconTrash,
  keys: ["Delete", "Backspace"],
  danger: true,
  enabled: () => writable() && anything(),
  needs: toEdit(SOMETHING),
  run: () => removeSelected("Delete"),
};

export const propertiesCommand: Command = {
  id: "properties",
  label: "Open properties",
  group: "Edit",
  Icon: IconSettings,
  keys: ["E"],
  enabled: one,
  needs: ONE_NODE,
  run: openProperties,
};

export const commentCommand: Command = {
  id: "comment",
  label: "Edit comment…",
  group: "Edit",
  Icon: IconMessage,
  keys: ["C"],
  enabled: () => writable() && one(),
  needs: toEdit(ONE_NODE),
  run: () => {
    const [node] = state().selection.nodes;
    if (node) openOverlay({ kind: "comment", node });
  },
};

/** Nodes, notes and frames go to these places; a frame takes along what lies in it. */
export function moveTo(places: ReadonlyMap<string, Position>, burst?: string): void {
  const { draft } = state();
  const all = withContents(draft, places);
  const [only, ...others] = places.keys();
  const what = only === undefined || others.length ? "several things" : nameOf(only);
  const nodes = [...places.keys()].every((id) => findNode(draft, id));
  edit(
    others.length && nodes ? `Move ${plural(places.size, "node")}` : `Move ${what}`,
    (file) => moveMarks(moveNodes(file, all), all),
    burst === undefined ? {} : { burst },
  );
}

function nameOf(id: string): string {
  const { draft } = state();
  const node = findNode(draft, id);
  if (node) return nodeName(currentCatalog(), node);
  const mark = findMark(draft, id);
  return mark && isFrame(mark) ? `frame ${mark.title}`.trim() : "note";
}

/** Arrow keys: a step of the grid, with Shift five of them. */
export function nudge(by: Position): boolean {
  const { selection, draft } = state();
  if (!writable() || !some()) return false;
  const places = new Map<string, Position>();
  for (const id of [...selection.nodes, ...selection.marks]) {
    const at = (findNode(draft, id) ?? findMark(draft, id))?.position;
    if (at) places.set(id, { x: at.x + by.x * GRID, y: at.y + by.y * GRID });
  }
  moveTo(places, "nudge");
  return true;
}

export const editing: Command[] = [
  undoCommand,
  redoCommand,
  addCommand,
  cutCommand,
  copyCommand,
  pasteCommand,
  pasteInPlaceCommand,
  duplicateCommand,
  deleteCommand,
  propertiesCommand,
  commentCommand,
];
