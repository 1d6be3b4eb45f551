/** Copy and paste. The clipboard holds an experiment file as text, so it works between tabs and servers. */

import { copyText, paste, readText } from "../../graph/clipboard";
import { removeNodes } from "../../graph/edits";
import { removeKeeping } from "../../graph/splice";
import { NODE_HEIGHT, NODE_WIDTH, snapped } from "../../graph/place";
import { hint } from "../canvas/hint";
import { canvasView } from "../canvas/view";
import { plural } from "../../ui/words";
import { currentCatalog } from "../catalog";
import { edit } from "../store/edit";
import { select } from "../store/selection";
import { isReadOnly, shownGraph, useEditor } from "../store/store";

/** What was copied last here, for browsers that do not let a menu read the clipboard. */
let lastCopied = "";

/** The selected nodes as text, or null where none is selected. */
export function copied(): string | null {
  const state = useEditor.getState();
  if (state.selection.nodes.size === 0) return null;
  lastCopied = copyText(shownGraph(state), state.selection.nodes);
  hint(`Copied ${plural(state.selection.nodes.size, "node")}.`);
  return lastCopied;
}

/** Takes away what is selected. Around a deleted node its wires stay connected, where the types allow. */
export function removeSelected(verb: "Delete" | "Cut"): void {
  const { nodes, wires } = useEditor.getState().selection;
  const what = nodes.size ? plural(nodes.size, "node") : plural(wires.size, "wire");
  edit(`${verb} ${what}`, (draft) => {
    const rest = verb === "Cut" ? removeNodes(draft, nodes) : removeKeeping(draft, currentCatalog(), nodes);
    const left = nodes.size ? rest : draft;
    return { ...left, wires: left.wires.filter((wire) => !wires.has(`${wire.from}→${wire.to}`)) };
  });
}

/** Pastes a copied text under the pointer, or in the middle of the view; says so where it is something else. */
export function pasteText(text: string): void {
  const piece = readText(text);
  if (!piece || piece.nodes.length === 0) {
    hint("The clipboard holds no nodes. Copy some nodes first, or the text of an experiment file.");
    return;
  }
  if (isReadOnly(useEditor.getState())) return;
  const view = canvasView();
  const target = view?.pointer() ?? view?.middle() ?? { x: 40, y: 40 };
  const at = { x: snapped(target.x - NODE_WIDTH / 2), y: snapped(target.y - NODE_HEIGHT / 2) };
  let ids: string[] = [];
  edit(`Paste ${plural(piece.nodes.length, "node")}`, (draft) => {
    const pasted = paste(draft, piece, at, useEditor.getState().usedIds);
    ids = pasted.ids;
    return pasted.graph;
  });
  select(ids);
}

export async function copyByMenu(cut: boolean): Promise<void> {
  const text = copied();
  if (text === null) return;
  if (cut) removeSelected("Cut");
  // Outside of a secure context there is no clipboard to write to; pasting here still works.
  await navigator.clipboard?.writeText(text).catch(() => undefined);
}

export async function pasteByMenu(): Promise<void> {
  const text = await navigator.clipboard?.readText().catch(() => "");
  pasteText(text || lastCopied);
}

/** Listens to the browser's own copy, cut and paste; gives the function that stops. */
export function listenToClipboard(isOurs: () => boolean): () => void {
  const onCopy = (event: ClipboardEvent) => {
    if (!isOurs() || !window.getSelection()?.isCollapsed) return;
    const text = copied();
    if (text === null) return;
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
    if (event.type === "cut" && !isReadOnly(useEditor.getState())) removeSelected("Cut");
  };
  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData?.getData("text/plain");
    if (!isOurs() || !text) return;
    event.preventDefault();
    pasteText(text);
  };
  document.addEventListener("copy", onCopy);
  document.addEventListener("cut", onCopy);
  document.addEventListener("paste", onPaste);
  return () => {
    document.removeEventListener("copy", onCopy);
    document.removeEventListener("cut", onCopy);
    document.removeEventListener("paste", onPaste);
  };
}
