/** What the palette hands to the canvas when an entry is dragged there. */

import type { DragEvent } from "react";

const TYPE = "application/x-studio-module";

let dragged: Dragged | null = null;

/** What is being dragged now: its data cannot be read before it is dropped. */
export const draggedNow = (): Dragged | null => dragged;

export interface Dragged {
  module: string;
  params?: Record<string, unknown>;
}

export function startDrag(event: DragEvent, what: Dragged): void {
  dragged = what;
  event.dataTransfer.setData(TYPE, JSON.stringify(what));
  event.dataTransfer.effectAllowed = "copy";
}

export const isModuleDrag = (event: DragEvent): boolean => event.dataTransfer.types.includes(TYPE);

export function readDrag(event: DragEvent): Dragged | null {
  const text = event.dataTransfer.getData(TYPE);
  return text ? (JSON.parse(text) as Dragged) : null;
}
