/** How a wire is drawn: a plain curve, and where boxes lie in its way, around them. Pure. */

import type { Position } from "../types";
import type { Box, Boxes, Region } from "./boxes";
import { CLEAR, linesAround } from "./lines";
import { search } from "./search";

export interface WireEnds {
  /** Below the output. */
  start: Position;
  /** Above the input. */
  end: Position;
  /** What the wire leaves from and goes to: nodes, or collapsed frames. */
  source: string;
  target: string;
  /** -1 … 1: beside which other wires it runs in a narrow gap. */
  lane: number;
}

interface Line {
  /** For the `d` of an SVG path. */
  path: string;
  /** Where something may be written beside the wire. */
  middle: Position;
}

/** Boxes that stand around a way; more are too many to look at while a person waits. */
const MOST = 120;
const SIDEWAYS = 280;
const UPRIGHT = 90;
/** Points of a curve that are looked at. */
const STEPS = 24;
/** How often more may be looked at. */
const WIDENED = 3;
const RADIUS = 14;
/** A wire that only grazes a corner stays a plain curve. */
const GRAZE = 4;

export interface WirePath extends Line {
  /** What was looked at: while the boxes in it stay, so does the path. */
  region: Region;
}

/** `ghost` is a box that is not there any more. */
export function wirePath(ends: WireEnds, boxes: Boxes, ghost?: string): WirePath {
  const plain = plainCurve(ends);
  let { region } = plain;
  const within = () => boxes.within(region).filter(({ id }) => id !== ghost);
  let near = within();
  if (!isHit(pointsOf(ends), near, ends)) return plain;
  for (let widened = 0; near.length <= MOST; widened++) {
    const corners = around(ends, near);
    if (!corners) break;
    const needed = spanOf(corners, region);
    if (needed === region) return { ...rounded(corners), region };
    // The way leads through what was not looked at yet: look there too.
    if (widened === WIDENED) break;
    region = needed;
    near = within();
  }
  return { ...plain, region };
}

function regionOf({ start, end }: WireEnds): Region {
  return {
    left: Math.min(start.x, end.x) - SIDEWAYS,
    right: Math.max(start.x, end.x) + SIDEWAYS,
    top: Math.min(start.y, end.y) - UPRIGHT,
    bottom: Math.max(start.y, end.y) + UPRIGHT,
  };
}

/** The region with room for these corners; itself where they lie well inside. */
function spanOf(corners: readonly Position[], region: Region): Region {
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  const needed = {
    left: Math.min(...xs) - 2 * CLEAR,
    right: Math.max(...xs) + 2 * CLEAR,
    top: Math.min(...ys) - 2 * CLEAR,
    bottom: Math.max(...ys) + 2 * CLEAR,
  };
  if (
    needed.left >= region.left &&
    needed.right <= region.right &&
    needed.top >= region.top &&
    needed.bottom <= region.bottom
  )
    return region;
  return {
    left: Math.min(needed.left - SIDEWAYS, region.left),
    right: Math.max(needed.right + SIDEWAYS, region.right),
    top: Math.min(needed.top, region.top),
    bottom: Math.max(needed.bottom, region.bottom),
  };
}

/** How far the curve leaves straight down, and arrives so. */
const bendOf = ({ start, end }: WireEnds): number =>
  end.y >= start.y ? (end.y - start.y) / 2 : 6.25 * Math.sqrt(start.y - end.y);

/** A curve that leaves downwards and arrives from above. */
export function plainCurve(ends: WireEnds): WirePath {
  const { start, end } = ends;
  const bend = bendOf(ends);
  return {
    path: `M${start.x} ${start.y}C${start.x} ${start.y + bend} ${end.x} ${end.y - bend} ${end.x} ${end.y}`,
    middle: { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 },
    region: regionOf(ends),
  };
}

/** Points on that curve. */
function pointsOf(ends: WireEnds): Position[] {
  const { start, end } = ends;
  const bend = bendOf(ends);
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const t = step / STEPS;
    const [a, b, c, d] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3];
    return {
      x: (a + b) * start.x + (c + d) * end.x,
      y: a * start.y + b * (start.y + bend) + c * (end.y - bend) + d * end.y,
    };
  });
}

function isHit(points: readonly Position[], boxes: readonly Box[], { source, target }: WireEnds): boolean {
  return boxes.some(({ id, left, top, right, bottom }) => {
    // A wire begins and ends at the edge of its own boxes.
    const inset = id === source || id === target ? 2 * GRAZE : GRAZE;
    return points.some(
      ({ x, y }) => x > left + inset && x < right - inset && y > top + inset && y < bottom - inset,
    );
  });
}

/** The corners of the way around, from end to end. */
function around({ start, end, lane }: WireEnds, boxes: readonly Box[]): Position[] | null {
  // It leaves and arrives straight; how far, the room below and above says.
  const out = { x: start.x, y: start.y + stub(start, boxes, 1) };
  const into = { x: end.x, y: end.y - stub(end, boxes, -1) };
  const corners = search(linesAround(boxes, out, into, lane), boxes, out, into);
  return corners && [start, ...corners, end];
}

/** How far a wire can go straight from its end before the next box, up to the usual clearance. */
function stub(from: Position, boxes: readonly Box[], down: 1 | -1): number {
  let room = 2 * CLEAR;
  for (const { left, right, top, bottom } of boxes) {
    if (from.x <= left || from.x >= right) continue;
    const gap = down > 0 ? top - from.y : from.y - bottom;
    if (gap > 0) room = Math.min(room, gap);
  }
  return Math.max(6, room / 2);
}

/** A path along these corners, each of them rounded. */
function rounded(corners: readonly Position[]): Line {
  const points = corners.filter((point, index) => !isOnTheWay(corners[index - 1], point, corners[index + 1]));
  const [first] = points;
  let path = first ? `M${first.x} ${first.y}` : "";
  for (let index = 1; index < points.length - 1; index++) {
    const [before, corner, next] = points.slice(index - 1, index + 2) as [Position, Position, Position];
    const radius = Math.min(RADIUS, apart(before, corner) / 2, apart(corner, next) / 2);
    const enter = towards(corner, before, radius);
    const leave = towards(corner, next, radius);
    path += `L${enter.x} ${enter.y}Q${corner.x} ${corner.y} ${leave.x} ${leave.y}`;
  }
  const last = points.at(-1);
  return { path: last ? `${path}L${last.x} ${last.y}` : path, middle: roomiest(points) };
}

const apart = (a: Position, b: Position): number => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);

function towards(from: Position, to: Position, by: number): Position {
  const share = by / (apart(from, to) || 1);
  const near = (a: number, b: number) => Math.round((a + (b - a) * share) * 10) / 10;
  return { x: near(from.x, to.x), y: near(from.y, to.y) };
}

const isOnTheWay = (before: Position | undefined, at: Position, after: Position | undefined): boolean =>
  before !== undefined &&
  after !== undefined &&
  ((before.x === at.x && at.x === after.x) || (before.y === at.y && at.y === after.y));

/** The middle of the longest piece, those across before those along: text stands across. */
function roomiest(points: readonly Position[]): Position {
  let best = points[0] ?? { x: 0, y: 0 };
  let longest = -1;
  for (let index = 1; index < points.length; index++) {
    const [a, b] = [points[index - 1], points[index]] as [Position, Position];
    const length = apart(a, b) * (a.y === b.y ? 8 : 1);
    if (length <= longest) continue;
    longest = length;
    best = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  }
  return best;
}
