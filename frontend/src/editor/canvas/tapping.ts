/** Wiring with a finger: a tap on one port, a tap on the other. A second tap on the same output opens its result. */

import type { End } from "../../graph/types";
import { currentCatalog } from "../store/catalog";
import { useEditor } from "../store/store";
import { drawWire, drawWireToBody } from "./drawWire";
import { hint } from "../window/hint";
import { startWiring, stopWiring, useWiring, whyNot, type Side } from "./wiring";

let tapped: (End & { side: Side }) | null = null;

export const isTouch = (event: { pointerType?: string }): boolean =>
  event.pointerType === "touch" || event.pointerType === "pen";

/** Lights up what fits, until the other port is tapped. */
function begin(end: End, side: Side): void {
  tapped = { ...end, side };
  startWiring(useEditor.getState().draft, currentCatalog(), end, side);
  hint(
    side === "output"
      ? "Tap the input to connect to, or this output again to see its result."
      : "Tap the output to connect to, or the canvas to cancel.",
  );
}

export function forgetTap(): void {
  if (!tapped) return;
  tapped = null;
  stopWiring();
  hint("");
}

export function tapPort(end: End, side: Side, open: (() => void) | null): void {
  const first = tapped;
  if (!first || first.side === side) {
    forgetTap();
    if (first?.node !== end.node || first.port !== end.port) begin(end, side);
    else open?.();
    return;
  }
  // The tap itself was taken for the beginning of another wire: what the first one fits is asked anew.
  begin(first, first.side);
  const why = whyNot(useWiring.getState(), end, side);
  if (why) return hint(why);
  forgetTap();
  if (side === "input") drawWire(first, end);
  else drawWire(end, first);
}

/** A tap on a node or a collapsed frame, not on its port. */
export function tapBody(body: string): void {
  const first = tapped;
  forgetTap();
  if (first && first.node !== body) drawWireToBody(first, body);
}
