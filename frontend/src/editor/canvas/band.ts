/** A rubber band adds to what is selected (Shift) or takes away from it (Alt); so does a click on a node. */

import { select } from "../store/selection";
import { useEditor } from "../store/store";

type Mode = "add" | "subtract";

let band: { mode: Mode; before: ReadonlySet<string> } | null = null;

interface Held {
  shiftKey: boolean;
  altKey: boolean;
}

const modeOf = ({ shiftKey, altKey }: Held): Mode | null => (altKey ? "subtract" : shiftKey ? "add" : null);

export const afterBand = (
  mode: Mode,
  before: ReadonlySet<string>,
  inside: ReadonlySet<string>,
): Set<string> =>
  new Set(mode === "add" ? [...before, ...inside] : [...before].filter((id) => !inside.has(id)));

/** The pointer goes down: React Flow forgets the selection when it begins a band, so it is noted here. */
export function beginBand(event: Held): void {
  const mode = modeOf(event);
  band = mode && { mode, before: useEditor.getState().selection.nodes };
}

export const endBand = (): void => {
  band = null;
};

export const isBanding = (): boolean => band !== null;

/** What is selected while these nodes are in the band; null where no band is drawn. */
export const banded = (inside: ReadonlySet<string>): Set<string> | null =>
  band && afterBand(band.mode, band.before, inside);

/** A click on a node with Shift or Alt; says whether it was one. */
export function clickWith(event: Held, node: string): boolean {
  const mode = modeOf(event);
  if (!mode) return false;
  const before = useEditor.getState().selection.nodes;
  const toggled = mode === "add" && before.has(node) ? "subtract" : mode;
  select(afterBand(toggled, before, new Set([node])));
  return true;
}
