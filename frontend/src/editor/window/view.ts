/** What commands may ask of the canvas while it is on the screen. */

import type { Box } from "../../graph/arrange";
import type { Position } from "../../graph/types";

/** Room for what floats over the canvas: the view buttons and the overview. */
export const FIT = {
  padding: { top: "40px", left: "40px", right: "40px", bottom: "116px" },
  maxZoom: 1,
} as const;

export interface CanvasView {
  /** Everything, or these nodes, as large as fits. */
  fit(nodes?: string[]): void;
  zoomIn(): void;
  zoomOut(): void;
  zoomToFull(): void;
  /** Brings a node into view and gives it the focus. */
  reveal(node: string): void;
  /** The same for a node that was just put there: all else stays nearly where it was. */
  settle(node: string): void;
  /** Brings a node into view; the focus stays where it is. */
  show(node: string): void;
  focus(node: string): void;
  /** Where nodes lie and how large they are drawn. */
  boxes(nodes: readonly string[]): Box[];
  /** A point of the window, as a place on the canvas. */
  toCanvas(point: Position): Position;
  /** A place on the canvas, as a point of the window. */
  toScreen(place: Position): Position;
  /** Where the pointer is over the canvas; null where it is elsewhere. */
  pointer(): Position | null;
  /** Pixels of the window for one of the canvas. */
  zoom(): number;
  /** The middle of what is seen. */
  middle(): Position;
}

let current: CanvasView | null = null;

export const setCanvasView = (view: CanvasView | null): void => {
  current = view;
};

export const canvasView = (): CanvasView | null => current;
