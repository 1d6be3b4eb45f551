/**
 * Every drag on the canvas can be given up: a wire, nodes, a rubber band, a corner of a frame. Then it ends as if it
 * had not begun. React Flow knows the end of a drag only by the button that goes up: that is what it is told.
 */

import { create } from "zustand";
import { select } from "../store/selection";
import type { Selection } from "../store/state";
import { useEditor } from "../store/store";

/** Counts drags that were given up: what they had moved goes back to where the graph has it. */
export const useGivenUp = create<{ times: number }>(() => ({ times: 0 }));

interface Held {
  pointer: number;
  at: { x: number; y: number };
  moved: boolean;
  selection: Selection;
}

let held: Held | null = null;
let givingUp = false;
/** The button is still down: the click it ends with means nothing. */
let clickIsOver = false;

/** True while a drag ends that is to have no effect. */
export const isGivingUp = (): boolean => givingUp;

/** Pixels; less is a click. */
const SLIP = 3;

export function hold(event: PointerEvent): void {
  clickIsOver = false;
  if (event.button !== 0) return;
  held = {
    pointer: event.pointerId,
    at: { x: event.clientX, y: event.clientY },
    moved: false,
    selection: useEditor.getState().selection,
  };
}

export const letGo = (): void => {
  held = null;
};

/** Notes that what is held moves; says whether its button is up already, unheard. */
export function isLost(event: PointerEvent): boolean {
  if (!held || event.pointerId !== held.pointer) return false;
  if (event.pointerType === "mouse" && event.buttons === 0) return held.moved;
  held.moved ||= Math.hypot(event.clientX - held.at.x, event.clientY - held.at.y) > SLIP;
  return false;
}

export const isHeld = (): boolean => held !== null;

export const isDragging = (): boolean => held?.moved === true;

/** Stops the click that follows a drag that was given up; not those that the page itself makes. */
export function stopClick(event: MouseEvent): void {
  if (clickIsOver && event.isTrusted) event.stopPropagation();
}

/** Ends the drag under way without effect. `endBand`: forgets a rubber band; says whether there was one. */
export function giveUp(endBand: () => boolean): void {
  if (!held) return;
  const { selection } = held;
  held = null;
  givingUp = true;
  clickIsOver = true;
  document.dispatchEvent(new MouseEvent("mouseup", { bubbles: true, cancelable: true, view: window }));
  const { nodes, wires, marks } = selection;
  if (endBand()) select(nodes, wires, marks);
  // A finger's drag ends by an event of its own, right after this one.
  setTimeout(() => {
    givingUp = false;
    useGivenUp.setState(({ times }) => ({ times: times + 1 }));
  });
}
