import { useEffect } from "react";
import { useOverlay } from "../window/overlays";
import { commands } from "./all";
import { listenToClipboard } from "./clipboard";
import { perform, type Command } from "./command";
import { nudge } from "./editing";
import { keysOf } from "./keymap";
import { isTyping, matches } from "./keys";

const ARROWS: Record<string, { x: number; y: number }> = {
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
};

/**
 * Keys without Ctrl are the canvas's own: in a table or a list they mean something else.
 * A click on the canvas, which takes no focus, leaves it with the page's main part.
 */
const isCanvas = (target: EventTarget | null): boolean =>
  target === document.body ||
  (target instanceof Element && (target.matches("main") || target.closest("[data-canvas]") !== null));

/** A dialog or a menu holds the focus; one that fades away while the canvas has it is over. */
const isDialogOpen = (): boolean =>
  useOverlay.getState().open !== null ||
  (!document.activeElement?.closest("[data-canvas]") &&
    document.querySelector('[role="dialog"], [role="menu"]') !== null);

function applies(command: Command, keys: string, event: KeyboardEvent): boolean {
  if (!matches(keys, event)) return false;
  if (command.everywhere) return true;
  if (isTyping(event.target)) return false;
  // Chosen keys are no event of the browser's: there the command does it all.
  if (command.native && command.keys?.includes(keys)) return false;
  return keys.startsWith("Ctrl+") || /^F\d+$/.test(keys) || isCanvas(event.target);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || isDialogOpen()) return;
  const control = event.target instanceof Element && event.target.closest("button, a, [role=button]");
  if (control && (event.key === "Enter" || event.key === " ") && !event.ctrlKey && !event.metaKey) return;

  const arrow = ARROWS[event.key];
  if (
    arrow &&
    !event.ctrlKey &&
    !event.altKey &&
    !event.metaKey &&
    !isTyping(event.target) &&
    isCanvas(event.target)
  ) {
    const by = event.shiftKey ? 5 : 1;
    if (nudge({ x: arrow.x * by, y: arrow.y * by })) event.preventDefault();
    return;
  }
  const command = commands.find((one) => keysOf(one).some((keys) => applies(one, keys, event)));
  if (!command) return;
  // Even where it may not run now, the key is ours: Ctrl+D must not open the browser's bookmarks.
  event.preventDefault();
  perform(command);
}

/** Listens to the keyboard and the clipboard while the editor is open. */
export function useShortcuts(): void {
  useEffect(() => {
    window.addEventListener("keydown", onKeyDown);
    const stop = listenToClipboard(() => {
      const at = document.activeElement;
      return !isTyping(at) && !isDialogOpen() && isCanvas(at ?? document.body);
    });
    return () => {
      window.removeEventListener("keydown", onKeyDown);
      stop();
    };
  }, []);
}
