/** Pinned nodes: datasets lie on their outputs, and neither they nor what only they need is run. */

import { changeNode } from "./edits";
import { sameValue } from "./same";
import type { Graph, GraphNode } from "./types";

export type Pins = Readonly<Record<string, string>>;

const NONE: Pins = {};

/** By port the dataset that is taken; empty where the node runs. A file that others wrote may hold anything there. */
export const pinsOf = ({ pinned }: Pick<GraphNode, "pinned">): Pins =>
  pinned !== null && typeof pinned === "object" && !Array.isArray(pinned) ? pinned : NONE;

export const isPinned = (node: Pick<GraphNode, "pinned">): boolean => Object.keys(pinsOf(node)).length > 0;

/** Pins a node; without pins it runs again. */
export function pinNode<G extends Graph>(graph: G, id: string, pins: Pins): G {
  return changeNode(graph, id, ({ pinned: _before, ...node }) =>
    Object.keys(pins).length > 0 ? ({ ...node, pinned: pins } as GraphNode) : (node as GraphNode),
  );
}

/**
 * Whether what a node is pinned to makes its result another than it was. A node that is newly pinned is pinned to what
 * it left.
 */
export const isRepinned = (before: GraphNode, after: GraphNode): boolean =>
  isPinned(before) && !sameValue(pinsOf(before), pinsOf(after));

/** What stands at the mark of a pinned node. */
export const pinText = (pins: Pins): string =>
  `Pinned: a run takes ${[...new Set(Object.values(pins))].join(" and ")} instead of running this node`;
