/** Nodes glide to where a command puts them, unless this person wants no motion. */

const GLIDE_MS = 240;
/** Above this many, gliding would only stutter. */
const MOST = 300;

let timer: ReturnType<typeof setTimeout> | undefined;

/** Call it before the edit: for a moment, nodes move smoothly. Wires follow at once. */
export function animateNodes(): void {
  const canvas = document.querySelector<HTMLElement>("[data-canvas]");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (!canvas || still || canvas.querySelectorAll(".react-flow__node").length > MOST) return;
  canvas.dataset.gliding = "true";
  clearTimeout(timer);
  timer = setTimeout(() => delete canvas.dataset.gliding, GLIDE_MS + 40);
}
