/** Verbs that lead wires around nodes. */

import { IconArrowBounce, IconTrashX } from "@tabler/icons-react";
import { bypass, wiresAround } from "../../graph/splice";
import { pick } from "../../graph/clipboard";
import { removeNodes } from "../../graph/edits";
import { hint } from "../window/hint";
import { currentCatalog } from "../store/catalog";
import { edit } from "../store/edit";
import { isReadOnly, useEditor } from "../store/store";
import { contentText } from "./clipboard";
import type { Command } from "./command";
import { A_NODE, toEdit } from "./needs";

const state = useEditor.getState;
const some = () => !isReadOnly(state()) && state().selection.nodes.size > 0;

const named = (nodes: ReadonlySet<string>) => contentText(pick(state().draft, nodes));

export const bypassCommand: Command = {
  id: "bypass",
  label: "Bypass",
  group: "Edit",
  Icon: IconArrowBounce,
  keys: ["B"],
  enabled: () => some() && wiresAround(state().draft, currentCatalog(), state().selection.nodes).length > 0,
  needs: toEdit("Select a node between two wires of one type"),
  run: () => {
    const { nodes } = state().selection;
    edit(`Bypass ${named(nodes)}`, (draft) => bypass(draft, currentCatalog(), nodes));
    hint("The nodes above and below are connected to each other now. Ctrl+Z undoes it.");
  },
};

export const deleteWithWiresCommand: Command = {
  id: "delete-with-wires",
  label: "Delete with its wires",
  group: "Edit",
  Icon: IconTrashX,
  keys: ["Ctrl+Delete", "Ctrl+Backspace"],
  danger: true,
  enabled: some,
  needs: toEdit(A_NODE),
  run: () => {
    const { nodes } = state().selection;
    edit(`Delete ${named(nodes)} with wires`, (draft) => removeNodes(draft, nodes));
  },
};

export const rewiring: Command[] = [bypassCommand, deleteWithWiresCommand];
