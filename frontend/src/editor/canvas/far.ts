/** Seen from far away, a large graph is drawn as plain boxes and a few lines: text and ports could not be read. */

import { create } from "zustand";

/** Below this zoom text is too small to read. */
export const FAR_ZOOM = 0.45;
/** Below this zoom a node is a speck: it is drawn as one color. */
export const SPECK_ZOOM = 0.15;
/** Nodes above which only what is in view is drawn, and less of it when far out. */
export const MANY = 150;

export const useFar = create<{ far: boolean }>(() => ({ far: false }));

/** So long after the last step of a zoom the eye rests. */
const REST_MS = 140;

let waiting: ReturnType<typeof setTimeout> | undefined;

/**
 * Draws every node the other way, which takes long frames: not under the hand, but once the zoom rests. `atOnce`: a
 * large graph is drawn more cheaply right away, before more and more of it comes into view.
 */
export function setFar(far: boolean, atOnce: boolean): void {
  clearTimeout(waiting);
  waiting = undefined;
  if (useFar.getState().far === far) return;
  const set = () => useFar.setState({ far });
  if (atOnce) set();
  else waiting = setTimeout(set, REST_MS);
}
