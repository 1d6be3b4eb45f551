/** Where a new node goes so that it covers no other. */

import type { Graph, Position } from "./types";

export const NODE_WIDTH = 220;
export const NODE_HEIGHT = 64;
const GAP = 24;

/** The place nearest to `near` (looked for downwards, then to the right) where a node has room. */
export function freePlace(graph: Graph, near: Position): Position {
  const taken = (place: Position) =>
    graph.nodes.some(
      (node) =>
        Math.abs(node.position.x - place.x) < NODE_WIDTH + GAP &&
        Math.abs(node.position.y - place.y) < NODE_HEIGHT + GAP,
    );
  for (let column = 0; ; column++) {
    for (let row = 0; row < 12; row++) {
      const place = {
        x: snapped(near.x) + column * snapped(NODE_WIDTH + 2 * GAP),
        y: snapped(near.y) + row * snapped(NODE_HEIGHT + 2 * GAP),
      };
      if (!taken(place)) return place;
    }
  }
}

export const GRID = 10;
export const snapped = (value: number): number => Math.round(value / GRID) * GRID;
