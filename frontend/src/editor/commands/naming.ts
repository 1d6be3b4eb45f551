/** Calling nodes, frames and the experiment by names of their own. */

import { IconPencil } from "@tabler/icons-react";
import { nameNode } from "../../graph/edits";
import { isFrame } from "../../graph/marks";
import { findNode, nodeKind, nodeName } from "../../graph/read";
import { startWriting } from "../window/markEditing";
import { canvasView } from "../window/view";
import { currentCatalog } from "../store/catalog";
import { edit } from "../store/edit";
import { isReadOnly, useEditor } from "../store/store";
import type { Command } from "./command";
import { toEdit } from "./needs";
import { selectedMark } from "./marking";

const state = useEditor.getState;

/** An empty name takes the node's own name away: it goes by what it does again. */
export function renameNode(id: string, name: string): void {
  const catalog = currentCatalog();
  const node = findNode(state().draft, id);
  if (!node) return;
  const usual = nodeKind(catalog, node);
  const wanted = name.trim() || usual;
  const before = nodeName(catalog, node);
  if (wanted === before) return;
  edit(`Rename ${before} to “${wanted}”`, (draft) => nameNode(draft, id, name, usual));
}

const onlyNode = (): string | undefined => {
  const { nodes, marks } = state().selection;
  return nodes.size === 1 && marks.size === 0 ? [...nodes][0] : undefined;
};

/** What F2 is about: the selected node or frame, else the experiment. */
function target(): "node" | "mark" | "experiment" | null {
  const { nodes, marks } = state().selection;
  if (onlyNode() !== undefined) return "node";
  if (selectedMark()) return "mark";
  return nodes.size + marks.size === 0 ? "experiment" : null;
}

const renameExperiment = () => document.querySelector<HTMLElement>('[data-action="rename"]')?.click();

export const renameCommand: Command = {
  id: "rename",
  label: () => {
    const mark = selectedMark();
    if (mark) return isFrame(mark) ? "Rename" : "Write";
    return onlyNode() === undefined ? "Rename what is selected" : "Rename";
  },
  group: "Edit",
  Icon: IconPencil,
  keys: ["F2"],
  enabled: () => !isReadOnly(state()) && target() !== null,
  needs: toEdit("Select one node or frame"),
  run: () => {
    const id = onlyNode() ?? selectedMark()?.id;
    if (id === undefined) return renameExperiment();
    // Far out the name could not be read.
    canvasView()?.reveal(id);
    startWriting(id);
  },
};

/** The same for the experiment, whatever is selected. */
export const renameExperimentCommand: Command = {
  id: "rename-experiment",
  label: "Rename the experiment",
  group: "Experiment",
  Icon: IconPencil,
  enabled: () => !isReadOnly(state()),
  needs: toEdit("Not now"),
  run: renameExperiment,
};
