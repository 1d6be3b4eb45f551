/** The results over the whole workbench, and back. The canvas below keeps its size, its view and its selection. */

import { useEffect, type RefObject } from "react";
import { create } from "zustand";
import { isOwnEscape } from "./escape";
import { openPanel } from "./layout";
import { useOverlay } from "./overlays";
import { useEditor } from "../store/store";
import { canvasView } from "./view";
import { hint } from "./hint";
import { lookedAt } from "./looked";

export const useFull = create<{ full: boolean }>(() => ({ full: false }));

/** Where the focus was. */
let before: Element | null = null;

export function toggleFull(): void {
  if (useFull.getState().full) return leaveFull();
  if (!lookedAt(useEditor.getState())) return hint("Select a node to see its results.");
  before = document.activeElement;
  openPanel("results");
  useFull.setState({ full: true });
}

function leaveFull(): void {
  if (!useFull.getState().full) return;
  useFull.setState({ full: false });
  requestAnimationFrame(() => {
    const [node] = useEditor.getState().selection.nodes;
    if (before instanceof HTMLElement && before.isConnected && before !== document.body)
      before.focus({ preventScroll: true });
    else if (node) canvasView()?.focus(node);
    before = null;
  });
}

/** While the panel covers the workbench: what is below it cannot be reached, and Escape leads back. */
export function useCover(panel: RefObject<HTMLElement | null>): void {
  const full = useFull((state) => state.full);
  useEffect(() => {
    const own = panel.current?.closest<HTMLElement>("[data-panel]");
    const column = own?.parentElement;
    if (!full || !own || !column) return undefined;
    const covered = [...siblingsOf(own), ...siblingsOf(column)];
    for (const element of covered) element.inert = true;
    if (!own.contains(document.activeElement)) panel.current?.focus({ preventScroll: true });
    const onKeyDown = (event: KeyboardEvent) => {
      if (!isOwnEscape(event) || useOverlay.getState().open) return;
      event.preventDefault();
      leaveFull();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => {
      window.removeEventListener("keydown", onKeyDown);
      for (const element of covered) element.inert = false;
    };
  }, [full, panel]);
  // A panel that is closed covers nothing when it is opened again.
  useEffect(() => () => useFull.setState({ full: false }), []);
}

const siblingsOf = (element: HTMLElement): HTMLElement[] =>
  [...(element.parentElement?.children ?? [])].filter(
    (other): other is HTMLElement => other instanceof HTMLElement && other !== element,
  );
