/** What the overview shows: the part of the canvas that holds all nodes and what is in view. */

import { NODE_WIDTH } from "../../graph/place";
import type { Box } from "../flow/markFlow";
import { USUAL_HEIGHT } from "../flow/ports";

export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const around = (a: Area, b: Area): Area => {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
};

/** What React Flow knows of a node, of a mark or of a node that it drew. */
type Sized = Pick<Box, "position" | "measured" | "width" | "height">;

export const areaOf = ({ position, measured, ...box }: Sized): Area => ({
  ...position,
  width: measured?.width ?? box.width ?? NODE_WIDTH,
  height: measured?.height ?? box.height ?? USUAL_HEIGHT,
});

/** Of one box at least. */
export const areaOfAll = (boxes: readonly Box[]): Area => boxes.map(areaOf).reduce(around);

/** Zooms out to which one may go: until all is seen, however wide it is. */
const SMALLEST = [0.04, 0.02, 0.01, 0.005, 0.0025, 0.001];
/** Pixels of a small canvas, without what floats over it. */
const SMALL_CANVAS = { width: 320, height: 160 };

export function smallestZoom(boxes: readonly Box[]): number {
  if (boxes.length === 0) return 0.04;
  const { width, height } = areaOfAll(boxes);
  const needed = Math.min(SMALL_CANVAS.width / width, SMALL_CANVAS.height / height);
  return SMALLEST.find((zoom) => zoom <= needed) ?? 0.001;
}

/** The boxes as one path of rectangles: a thousand shapes of their own would be drawn anew at each move. */
export const boxesPath = (boxes: readonly Box[]): string =>
  boxes
    .map(areaOf)
    .map(({ x, y, width, height }) => `M${Math.round(x)} ${Math.round(y)}h${width}v${height}h${-width}z`)
    .join("");

/** The whole in the shape of the frame, with a little room around it. */
export function frameFor(nodes: Area, view: Area, size: { width: number; height: number }): Area {
  const whole = around(nodes, view);
  const scale = Math.max(whole.width / size.width, whole.height / size.height) * 1.06;
  const width = scale * size.width;
  const height = scale * size.height;
  return {
    x: whole.x + (whole.width - width) / 2,
    y: whole.y + (whole.height - height) / 2,
    width,
    height,
  };
}

/** All of the frame but what is in view. */
export const maskPath = (frame: Area, view: Area): string =>
  `M${frame.x} ${frame.y}h${frame.width}v${frame.height}h${-frame.width}z` +
  `M${view.x} ${view.y}h${view.width}v${view.height}h${-view.width}z`;
