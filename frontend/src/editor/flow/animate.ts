/** Nodes glide to where a command puts them, and the view with them, unless this person wants no motion. */

const GLIDE_MS = 240;
const VIEW_MS = 180;
/** Above this many, gliding would only stutter. */
const MOST = 300;

const isStill = (): boolean => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/** How the view moves. Read it when it moves: the wish for no motion may change meanwhile. */
export const SMOOTH = {
  get duration(): number {
    return isStill() ? 0 : VIEW_MS;
  },
};

let timer: ReturnType<typeof setTimeout> | undefined;

/** Call it before the edit: for a moment, nodes move smoothly. Wires follow at once. */
export function animateNodes(): void {
  const canvas = document.querySelector<HTMLElement>("[data-canvas]");
  if (!canvas || isStill() || canvas.querySelectorAll(".react-flow__node").length > MOST) return;
  canvas.dataset.gliding = "true";
  clearTimeout(timer);
  timer = setTimeout(() => delete canvas.dataset.gliding, GLIDE_MS + 40);
}
