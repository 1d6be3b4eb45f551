/** Verbs that go somewhere: to another node, to a part of the screen, to another page. */

import {
  IconAlertCircle,
  IconArrowDown,
  IconArrowUp,
  IconBook,
  IconDatabase,
  IconFileText,
  IconFlask,
  IconHistoryToggle,
  IconListTree,
  IconSearch,
  IconTargetArrow,
  IconXboxX,
} from "@tabler/icons-react";
import { endOf } from "../../graph/read";
import type { Graph } from "../../graph/types";
import { currentCatalog } from "../store/catalog";
import { goTo } from "../window/host";
import { LOG, lookAt } from "../window/lookAt";
import { nodeRuns } from "../run/nodeResult";
import { openSide } from "../window/side";
import { problemsOf } from "../store/problems";
import { shownGraph, useEditor } from "../store/store";
import type { Command } from "./command";
import { A_NODE } from "./needs";
import { goToNode } from "./goToNode";
import { enterPanel } from "../window/panelFocus";

const state = useEditor.getState;
const some = () => state().selection.nodes.size > 0;
const first = (): string | undefined => [...state().selection.nodes][0];
const graph = (): Graph => shownGraph(state());

/** Along a wire: to the first node that the selected one feeds, or that feeds it. */
function along(direction: "down" | "up"): void {
  const from = first();
  if (!from) return;
  for (const wire of graph().wires) {
    const [here, there] = direction === "down" ? [wire.from, wire.to] : [wire.to, wire.from];
    if (endOf(here).node === from) return goToNode(endOf(there).node);
  }
}

/** To the next of these nodes after the selected one, from the end to the beginning. */
function next(ids: readonly string[]): void {
  const wanted = ids[(ids.indexOf(first() ?? "") + 1) % ids.length];
  if (wanted) goToNode(wanted);
}

const failed = (): string[] =>
  Object.entries(nodeRuns()).flatMap(([id, run]) => (run.state === "failed" ? [id] : []));

const withProblems = (): string[] =>
  graph()
    .nodes.map((node) => node.id)
    .filter((id) => problemsOf(state(), currentCatalog(), id).length > 0);

const PARTS = ["palette", "canvas", "properties", "results"];

/** Palette, canvas, properties, results, and round again: those that are open. */
function nextPart(): void {
  const parts = [...document.querySelectorAll<HTMLElement>("[data-panel], [data-canvas]")];
  const nameOf = (part: HTMLElement) => part.dataset.panel ?? "canvas";
  const inOrder = parts.sort((a, b) => PARTS.indexOf(nameOf(a)) - PARTS.indexOf(nameOf(b)));
  const now = inOrder.findIndex((part) => part.contains(document.activeElement));
  const part = inOrder[(now + 1) % inOrder.length];
  if (!part) return;
  if (nameOf(part) !== "canvas") return enterPanel(nameOf(part) as "palette");
  const node = first() ?? graph().nodes[0]?.id;
  if (node) goToNode(node);
}

const findCommand: Command = {
  id: "find",
  label: "Find in the experiment…",
  group: "Go",
  Icon: IconSearch,
  keys: ["Ctrl+F"],
  run: () => openSide("outline"),
};

export const navigationCommands: Command[] = [
  findCommand,
  { id: "outline", label: "Outline", group: "Go", Icon: IconListTree, keys: ["O"], run: () => openSide("outline") },
  { id: "edits", label: "Edits: go back to any of them", group: "Go", Icon: IconHistoryToggle, keys: ["Shift+H"], run: () => openSide("edits") },
  { id: "next-node", label: "Go to the node below", group: "Go", Icon: IconArrowDown, keys: ["."], enabled: some, needs: A_NODE, run: () => along("down") },
  { id: "previous-node", label: "Go to the node above", group: "Go", Icon: IconArrowUp, keys: [","], enabled: some, needs: A_NODE, run: () => along("up") },
  { id: "next-failed", label: "Go to the next node that failed", group: "Go", Icon: IconXboxX, keys: ["F"], enabled: () => failed().length > 0, needs: "No node failed", run: () => next(failed()) },
  { id: "next-problem", label: "Go to the next problem", group: "Go", Icon: IconAlertCircle, keys: ["F8"], enabled: () => withProblems().length > 0, needs: "There is no problem", run: () => next(withProblems()) },
  { id: "next-part", label: "Go to the next part of the screen", group: "Go", Icon: IconTargetArrow, keys: ["F6"], everywhere: true, run: nextPart },
  { id: "log", label: "Show the log of the node", group: "Go", Icon: IconFileText, keys: ["L"], enabled: some, needs: A_NODE, run: () => {
      const node = first();
      if (node) lookAt(node, LOG);
    } },
  { id: "all-datasets", label: "Datasets", group: "Go", Icon: IconDatabase, run: () => goTo("/datasets") },
  { id: "all-experiments", label: "All experiments", group: "Go", Icon: IconFlask, run: () => goTo("/") },
  { id: "module-reference", label: "Module reference", group: "Go", Icon: IconBook, run: () => {
      const node = graph().nodes.find(({ id }) => id === first());
      goTo(node ? `/modules/${node.module}` : "/modules");
    } },
  { id: "focus-canvas", label: "Go to the canvas", group: "Go", Icon: IconTargetArrow, keys: ["Ctrl+Shift+Space"], everywhere: true, run: () => {
      const node = first() ?? graph().nodes[0]?.id;
      if (node) goToNode(node);
    } },
]; // prettier-ignore
