/** Copy and paste. The clipboard holds an experiment file as text, so it works between tabs and servers. */

import { copyText, cornerOf, paste, readText } from "../../graph/clipboard";
import { removeNodes } from "../../graph/edits";
import { framesOf, notesOf, removeMarks } from "../../graph/marks";
import { removeKeeping } from "../../graph/splice";
import { NODE_HEIGHT, NODE_WIDTH, snapped } from "../../graph/place";
import { nodeName, wireId } from "../../graph/read";
import { droppedText } from "../../graph/whole";
import type { Marked, Position } from "../../graph/types";
import { hint } from "../window/hint";
import { canvasView } from "../window/view";
import { plural } from "../../ui/words";
import { currentCatalog } from "../store/catalog";
import { edit } from "../store/edit";
import { giveWay } from "./placing";
import { select } from "../store/selection";
import type { EditorState } from "../store/state";
import { isReadOnly, shownGraph, useEditor } from "../store/store";

/** What was copied last here, for browsers that do not let a menu read the clipboard. */
let lastCopied = "";

/** The selected nodes as text, or null where none is selected. */
function copied(): string | null {
  const state = useEditor.getState();
  const ids = copiedIds(state);
  if (ids.size === 0) return null;
  lastCopied = copyText(shownGraph(state), ids);
  hint(`Copied ${contentText(pieceOf(lastCopied))}.`);
  return lastCopied;
}

/** What is selected; a collapsed frame stands for what lies in it too. */
export function copiedIds(state: EditorState): Set<string> {
  const graph = shownGraph(state);
  const { nodes, marks } = state.selection;
  const inside = framesOf(graph).flatMap((frame) => (marks.has(frame.id) ? (frame.collapsed ?? []) : []));
  return new Set([...nodes, ...marks, ...inside]);
}

/** "Split Data", "3 nodes", "2 nodes and 1 note" */
export function contentText(piece: Marked | null): string {
  const [only, ...others] = piece?.nodes ?? [];
  const notes = piece?.notes?.length ?? 0;
  const frames = piece?.frames?.length ?? 0;
  if (only && others.length + notes + frames === 0) return nodeName(currentCatalog(), only);
  const parts = [
    piece?.nodes.length ? plural(piece.nodes.length, "node") : "",
    notes ? plural(notes, "note") : "",
    frames ? plural(frames, "frame") : "",
  ].filter(Boolean);
  return parts.join(", ").replace(/, ([^,]*)$/, " and $1") || "nothing";
}

/** Takes away what is selected. Around a deleted node its wires stay connected, where the types allow. */
export function removeSelected(verb: "Delete" | "Cut"): void {
  const state = useEditor.getState();
  const { wires } = state.selection;
  const ids = copiedIds(state);
  const piece = pieceOf(copyText(state.draft, ids));
  edit(`${verb} ${ids.size ? contentText(piece) : plural(wires.size, "wire")}`, (draft) => {
    const rest = verb === "Cut" ? removeNodes(draft, ids) : removeKeeping(draft, currentCatalog(), ids);
    const left = ids.size ? removeMarks(rest, ids) : draft;
    return { ...left, wires: left.wires.filter((wire) => !wires.has(wireId(wire))) };
  });
}

/** Pastes a copied text under the pointer, or in the middle of the view; says so where it is something else. */
function pasteText(text: string, inPlace = false): void {
  const found = readText(text);
  if (!found || isNothing(found.file)) {
    const dropped = found ? droppedText(found.dropped) : "";
    hint(`The clipboard holds no nodes.${dropped} Copy some nodes first, or the text of an experiment file.`);
    return;
  }
  const { file: piece, dropped } = found;
  if (inPlace) insert(piece, "Paste", cornerOf(piece), true);
  else insert(piece, "Paste");
  if (dropped.length > 0) hint(`Pasted ${contentText(piece)}.${droppedText(dropped)}`);
}

const pieceOf = (text: string): Marked | null => readText(text)?.file ?? null;

const isNothing = (piece: Marked): boolean =>
  piece.nodes.length === 0 && !piece.notes?.length && !piece.frames?.length;

/**
 * Puts a piece into the draft under fresh ids and selects it; `at` is its top left corner, or where the pointer is. It
 * gives way to what lies there, unless the place is asked for exactly.
 */
export function insert(piece: Marked, verb: string, at: Position = underPointer(), exactly = false): void {
  if (isReadOnly(useEditor.getState())) return;
  let ids: string[] = [];
  let marks: string[] = [];
  const corner = cornerOf(piece);
  const wish = { x: at.x - corner.x, y: at.y - corner.y };
  const by = exactly ? wish : giveWay(piece, wish);
  edit(`${verb} ${contentText(piece)}`, (draft) => {
    const pasted = paste(
      draft,
      piece,
      { x: corner.x + by.x, y: corner.y + by.y },
      useEditor.getState().usedIds,
    );
    ({ ids, marks } = pasted);
    return pasted.graph;
  });
  take(ids, marks);
}

/** Selects what was put there just now, and gives it the keyboard: the next key is about it. */
export function take(ids: readonly string[], marks: readonly string[]): void {
  select(ids, [], marks);
  const { draft } = useEditor.getState();
  const placed = [...draft.nodes, ...notesOf(draft), ...framesOf(draft)];
  const fresh = new Set(ids.length ? ids : marks);
  const [first] = placed
    .filter(({ id }) => fresh.has(id))
    .sort((a, b) => a.position.y - b.position.y || a.position.x - b.position.x);
  if (!first) return;
  // Once it is drawn.
  requestAnimationFrame(() => requestAnimationFrame(() => canvasView()?.settle(first.id)));
}

function underPointer(): Position {
  const view = canvasView();
  const target = view?.pointer() ?? view?.middle() ?? { x: 40, y: 40 };
  return { x: snapped(target.x - NODE_WIDTH / 2), y: snapped(target.y - NODE_HEIGHT / 2) };
}

export async function copyByMenu(cut: boolean): Promise<void> {
  const text = copied();
  if (text === null) return;
  if (cut) removeSelected("Cut");
  // Outside of a secure context there is no clipboard to write to; pasting here still works.
  await navigator.clipboard?.writeText(text).catch(() => undefined);
}

export async function pasteByMenu(inPlace = false): Promise<void> {
  const text = await navigator.clipboard?.readText().catch(() => "");
  pasteText(text || lastCopied, inPlace);
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
    pasteText(text, withShift);
  };
  // The paste event does not say by which keys it came: with Shift it means in place.
  let withShift = false;
  const onKey = (event: KeyboardEvent) => (withShift = event.shiftKey);
  document.addEventListener("keydown", onKey, { capture: true });
  document.addEventListener("copy", onCopy);
  document.addEventListener("cut", onCopy);
  document.addEventListener("paste", onPaste);
  return () => {
    document.removeEventListener("keydown", onKey, { capture: true });
    document.removeEventListener("copy", onCopy);
    document.removeEventListener("cut", onCopy);
    document.removeEventListener("paste", onPaste);
  };
}
