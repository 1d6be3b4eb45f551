/** Verbs that change the graph. */

import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconClipboard,
  IconCopy,
  IconCopyPlus,
  IconCut,
  IconMessage,
  IconPlus,
  IconSettings,
  IconTrash,
} from "@tabler/icons-react";
import { duplicate } from "../../graph/clipboard";
import { moveNodes } from "../../graph/edits";
import { GRID } from "../../graph/place";
import { findNode } from "../../graph/read";
import type { Position } from "../../graph/types";
import { plural } from "../../ui/words";
import { canvasView } from "../canvas/view";
import { openOverlay } from "../overlays";
import { edit, redo, undo } from "../store/edit";
import { select } from "../store/selection";
import { isReadOnly, useEditor } from "../store/store";
import { copyByMenu, pasteByMenu, removeSelected } from "./clipboard";
import type { Command } from "./command";
import { openProperties } from "./panels";

const state = useEditor.getState;
const writable = () => !isReadOnly(state());
const some = () => state().selection.nodes.size > 0;
const one = () => state().selection.nodes.size === 1;
const anything = () => some() || state().selection.wires.size > 0;

export const undoCommand: Command = {
  id: "undo",
  label: () => labelled("Undo", state().past.at(-1)?.label),
  group: "Edit",
  Icon: IconArrowBackUp,
  keys: ["Ctrl+Z"],
  enabled: () => writable() && state().past.length > 0,
  run: undo,
};

export const redoCommand: Command = {
  id: "redo",
  label: () => labelled("Redo", state().future.at(-1)?.label),
  group: "Edit",
  Icon: IconArrowForwardUp,
  keys: ["Ctrl+Y", "Ctrl+Shift+Z"],
  enabled: () => writable() && state().future.length > 0,
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
  run: pasteByMenu,
};

export const duplicateCommand: Command = {
  id: "duplicate",
  label: "Duplicate",
  group: "Edit",
  Icon: IconCopyPlus,
  keys: ["Ctrl+D"],
  enabled: () => writable() && some(),
  run: () => {
    const { selection, usedIds } = state();
    let ids: string[] = [];
    edit(`Duplicate ${plural(selection.nodes.size, "node")}`, (draft) => {
      const copies = duplicate(draft, selection.nodes, usedIds);
      ids = copies.ids;
      return copies.graph;
    });
    select(ids);
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
  run: () => removeSelected("Delete"),
};

export const propertiesCommand: Command = {
  id: "properties",
  label: "Open properties",
  group: "Edit",
  Icon: IconSettings,
  keys: ["Enter"],
  enabled: one,
  run: openProperties,
};

export const commentCommand: Command = {
  id: "comment",
  label: "Edit comment…",
  group: "Edit",
  Icon: IconMessage,
  keys: ["C"],
  enabled: () => writable() && one(),
  run: () => {
    const [node] = state().selection.nodes;
    if (node) openOverlay({ kind: "comment", node });
  },
};

/** Arrow keys: a step of the grid, with Shift five of them. */
export function nudge(by: Position): boolean {
  const { selection, draft } = state();
  if (!writable() || selection.nodes.size === 0) return false;
  const places = new Map<string, Position>();
  for (const id of selection.nodes) {
    const at = findNode(draft, id)?.position;
    if (at) places.set(id, { x: at.x + by.x * GRID, y: at.y + by.y * GRID });
  }
  edit(`Move ${plural(places.size, "node")}`, (file) => moveNodes(file, places), { burst: "nudge" });
  return true;
}

export const editing: Command[] = [
  undoCommand,
  redoCommand,
  addCommand,
  cutCommand,
  copyCommand,
  pasteCommand,
  duplicateCommand,
  deleteCommand,
  propertiesCommand,
  commentCommand,
];
