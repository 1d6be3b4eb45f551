/** Verbs that walk from node to node. */

import { hangingOf, walk, type Direction } from "../../graph/walk";
import { uncovered } from "../flow/markFlow";
import { shownGraph, useEditor } from "../store/store";
import type { Command } from "./command";
import { goToNode } from "./goToNode";

const graph = () => uncovered(shownGraph(useEditor.getState()));
const first = (): string | undefined => [...useEditor.getState().selection.nodes][0];
const some = () => graph().nodes.length > 0;

/** Where the keyboard comes onto the canvas: the selected node, else the one it left, else the first that runs. */
let left: string | undefined;
export const entrance = (): string | undefined => {
  const { nodes } = graph();
  const there = (id: string | undefined) => nodes.some((node) => node.id === id);
  return [first(), left, hangingOf(graph()).order[0], nodes[0]?.id].find(there);
};
export const leftAt = (id: string): void => {
  left = id;
};

function go(direction: Direction): void {
  const from = first();
  const to = from === undefined ? entrance() : walk(graph(), from, direction);
  if (to) goToNode(to);
}

function goToEnd(last: boolean): void {
  const { order } = hangingOf(graph());
  const id = last ? order.at(-1) : order[0];
  if (id) goToNode(id);
}

export const walkCommands: Command[] = [
  { id: "walk-down", label: "Walk down: along a wire, or to the nearest node", group: "Go", keys: ["Ctrl+ArrowDown"], enabled: some, needs: "There is no node yet", run: () => go("down") },
  { id: "walk-up", label: "Walk up: along a wire, or to the nearest node", group: "Go", keys: ["Ctrl+ArrowUp"], enabled: some, needs: "There is no node yet", run: () => go("up") },
  { id: "walk-left", label: "Walk to the nearest node on the left", group: "Go", keys: ["Ctrl+ArrowLeft"], enabled: some, needs: "There is no node yet", run: () => go("left") },
  { id: "walk-right", label: "Walk to the nearest node on the right", group: "Go", keys: ["Ctrl+ArrowRight"], enabled: some, needs: "There is no node yet", run: () => go("right") },
  { id: "first-node", label: "Go to the node that runs first", group: "Go", keys: ["Home"], enabled: some, needs: "There is no node yet", run: () => goToEnd(false) },
  { id: "last-node", label: "Go to the node that runs last", group: "Go", keys: ["End"], enabled: some, needs: "There is no node yet", run: () => goToEnd(true) },
]; // prettier-ignore
