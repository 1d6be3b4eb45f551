/** Drawing a wire, whichever way it was asked for: by a drag, by two taps, by keyboard. */

import { canConnect, connect } from "../../graph/connect";
import { removeWires } from "../../graph/edits";
import { hiddenBy } from "../../graph/marks";
import { findNode, nodeName, wireId, wiresByInput } from "../../graph/read";
import type { End } from "../../graph/types";
import { currentCatalog } from "../store/catalog";
import { edit } from "../store/edit";
import { useEditor } from "../store/store";
import { hint } from "../window/hint";
import { notePair } from "../window/liked";
import { fittingEnds, type Side } from "./wiring";

/** Draws a wire as one step of undo; where it may not be drawn, says why. */
export function drawWire(from: End, to: End, instead?: string): void {
  const { draft } = useEditor.getState();
  const why = canConnect(draft, currentCatalog(), from, to);
  if (why) return hint(why);
  const replaced = wiresByInput(draft).get(`${to.node}.${to.port}`);
  const named = ({ node: id }: End) => {
    const node = findNode(draft, id);
    return node ? nodeName(currentCatalog(), node) : id;
  };
  const [above, below] = [findNode(draft, from.node), findNode(draft, to.node)];
  if (above && below) notePair(above.module, below.module);
  edit(`Connect ${named(from)} to ${named(to)}`, (file) => {
    const free = instead ? removeWires(file, (wire) => wireId(wire) === instead) : file;
    return connect(free, from, to);
  });
  if (replaced && wireId(replaced) !== instead)
    hint("Replaced the wire that was there. Ctrl+Z brings it back.");
}

/** To a node or a collapsed frame as a whole: the first port that fits is meant, a free one before a taken one. */
export function drawWireToBody(start: End & { side: Side }, body: string, instead?: string): boolean {
  const { draft } = useEditor.getState();
  const catalog = currentCatalog();
  const hidden = hiddenBy(draft);
  const fitting = fittingEnds(draft, catalog, start, start.side);
  const other = fitting.find((one) => (hidden.get(one.node) ?? one.node) === body);
  if (!other) {
    const target = findNode(draft, body);
    hint(`No port of ${target ? nodeName(catalog, target) : "this frame"} fits this wire.`);
    return false;
  }
  if (start.side === "output") drawWire(start, other, instead);
  else drawWire(other, start, instead);
  return true;
}
