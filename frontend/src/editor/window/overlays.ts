/** What lies over the canvas: one thing at a time. */

import type { BroughtModule } from "../../api/ownModules";
import { create } from "zustand";
import type { End, Position } from "../../graph/types";
import { closeDrawer } from "./layout";

export type MenuTarget =
  | { kind: "node"; id: string }
  | { kind: "port"; side: "input" | "output"; end: End }
  | { kind: "wire"; id: string }
  /** A note or a frame. */
  | { kind: "mark"; id: string }
  | { kind: "canvas"; at: Position };

export type Overlay =
  | { kind: "commands" }
  | { kind: "shortcuts" }
  | { kind: "keys" }
  /** The experiment as a script or a notebook. */
  | { kind: "export" }
  /** A node, its inputs and its outputs, side by side. */
  | { kind: "opened"; node: string }
  | { kind: "history" }
  /** Adding a module at a place on the canvas; wired to `from` where a wire was let go there. */
  | { kind: "quick-add"; screen: Position; at?: Position; from?: { end: End; side: "input" | "output" } }
  /** Choosing the other end of a wire by keyboard. */
  | { kind: "wire"; screen: Position; end: End; side: "input" | "output" }
  | { kind: "menu"; screen: Position; target: MenuTarget }
  | { kind: "comment"; node: string }
  /** Several nodes become one, and with `keep` a module of the palette; or one that is made of others is changed. */
  | { kind: "own-module"; make: string[]; keep: boolean }
  | { kind: "own-module"; change: string }
  /** Which of the modules that somebody brought are trusted. */
  | { kind: "install-modules"; found: readonly BroughtModule[] }
  /** Which of the own modules that came with the file are trusted. */
  | { kind: "trust-modules" }
  /** What another version of the palette would change. */
  | { kind: "own-update"; node: string };

export const useOverlay = create<{ open: Overlay | null }>(() => ({ open: null }));

let opener: Element | null = null;

export function openOverlay(open: Overlay): void {
  if (open.kind === "history") closeDrawer();
  opener ??= document.activeElement;
  useOverlay.setState({ open });
}

/** Closes it; the focus goes back to where it was. */
export function closeOverlay(): void {
  const back = opener;
  opener = null;
  useOverlay.setState({ open: null });
  if (back instanceof HTMLElement && back.isConnected && back !== document.body) {
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) back.focus({ preventScroll: true });
    });
  }
}
