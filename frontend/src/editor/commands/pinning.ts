/** Pinning a node to what it left: later runs take that instead of running what is above. */

import { IconPin } from "@tabler/icons-react";
import { queries } from "../../api/queryClient";
import { keepOutputs } from "../../api/runs";
import { isPinned, pinNode, type Pins } from "../../graph/pins";
import { findNode, nodeName } from "../../graph/read";
import type { GraphNode } from "../../graph/types";
import { showProblem } from "../../ui/showProblem";
import { canBeKept } from "../../results/wireTypes";
import { nodeRun, originOf } from "../run/nodeResult";
import { currentCatalog } from "../store/catalog";
import { edit } from "../store/edit";
import { isReadOnly, useEditor } from "../store/store";
import type { Command } from "./command";
import { ONE_NODE, toEdit } from "./needs";

const state = useEditor.getState;

function selected(): GraphNode | undefined {
  const [id, ...others] = state().selection.nodes;
  return id !== undefined && others.length === 0 ? findNode(state().draft, id) : undefined;
}

const title = (node: GraphNode): string => nodeName(currentCatalog(), node);

/** A dataset's node runs nothing: there is nothing to take instead. */
const isDataset = (node: GraphNode): boolean => Boolean(currentCatalog().module(node.module)?.reference);

function canBePinned(node: GraphNode): boolean {
  const run = nodeRun(node.id);
  return (
    run?.state === "finished" &&
    !isDataset(node) &&
    Object.values(run.outputs).some((output) => canBeKept(output?.type))
  );
}

async function pin(node: GraphNode): Promise<void> {
  const run = originOf(node.id)?.run;
  const experiment = state().id;
  if (run === undefined) return;
  try {
    const pins: Pins = await keepOutputs(run, node.id);
    void queries.invalidateQueries({ queryKey: ["datasets"] });
    // Somebody may have opened another experiment meanwhile.
    if (state().id === experiment && !isReadOnly(state()))
      edit(`Pin ${title(node)}`, (draft) => pinNode(draft, node.id, pins));
  } catch (error) {
    showProblem("The result was not pinned", error);
  }
}

function needs(): string {
  const node = selected();
  if (!node) return ONE_NODE;
  return isDataset(node) ? "A dataset runs nothing" : "Run the node first";
}

export const pinCommand: Command = {
  id: "pin",
  label: () => {
    const node = selected();
    return node && isPinned(node) ? "Unpin" : "Pin this result";
  },
  group: "Edit",
  Icon: IconPin,
  enabled: () => {
    const node = selected();
    return !isReadOnly(state()) && node !== undefined && (isPinned(node) || canBePinned(node));
  },
  needs: () => toEdit(needs())(),
  run: () => {
    const node = selected();
    if (!node) return undefined;
    if (!isPinned(node)) return pin(node);
    edit(`Unpin ${title(node)}`, (draft) => pinNode(draft, node.id, {}));
    return undefined;
  },
};
