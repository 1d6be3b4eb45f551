/** Seen from far away, a large graph is drawn as plain boxes and a few lines: text and ports could not be read. */

import { create } from "zustand";

/** Below this zoom text is too small to read. */
export const FAR_ZOOM = 0.45;
/** Below this zoom a node is a speck: it is drawn as one color. */
export const SPECK_ZOOM = 0.15;
/** Nodes above which only what is in view is drawn, and less of it when far out. */
export const MANY = 150;

export const useFar = create<{ far: boolean }>(() => ({ far: false }));

export function setFar(far: boolean): void {
  if (useFar.getState().far !== far) useFar.setState({ far });
}
