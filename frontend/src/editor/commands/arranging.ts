/** Verbs that put nodes in order. */

import {
  IconLayoutAlignBottom,
  IconLayoutAlignCenter,
  IconLayoutAlignLeft,
  IconLayoutAlignMiddle,
  IconLayoutAlignRight,
  IconLayoutAlignTop,
  IconLayoutDistributeHorizontal,
  IconLayoutDistributeVertical,
  IconWand,
  type Icon,
} from "@tabler/icons-react";
import { align, distribute, type Axis, type Box, type Side } from "../../graph/arrange";
import { moveNodes } from "../../graph/edits";
import type { Position } from "../../graph/types";
import { plural } from "../../ui/words";
import { animateNodes } from "../flow/animate";
import { canvasView } from "../window/view";
import { edit } from "../store/edit";
import { isReadOnly, useEditor } from "../store/store";
import type { Command } from "./command";
import { toEdit } from "./needs";
import { tidy } from "./tidy";

const state = useEditor.getState;
const enough = (least: number) => () => !isReadOnly(state()) && state().selection.nodes.size >= least;

/** Moves the selected nodes as one step. */
function place(label: string, arrange: (boxes: Box[]) => Map<string, Position>): void {
  const boxes = canvasView()?.boxes([...state().selection.nodes]) ?? [];
  if (boxes.length === 0) return;
  const places = arrange(boxes);
  animateNodes();
  edit(`${label} ${plural(boxes.length, "node")}`, (draft) => moveNodes(draft, places));
}

const aligning = (side: Side, label: string, picture: Icon, keys?: string): Command => ({
  id: `align-${side}`,
  label,
  group: "Edit",
  Icon: picture,
  ...(keys ? { keys: [keys] } : {}),
  enabled: enough(2),
  needs: toEdit("Select two nodes or more"),
  run: () => place("Align", (boxes) => align(boxes, side)),
});

const distributing = (axis: Axis, label: string, picture: Icon, keys: string): Command => ({
  id: `distribute-${axis}`,
  label,
  group: "Edit",
  Icon: picture,
  keys: [keys],
  enabled: enough(3),
  needs: toEdit("Select three nodes or more"),
  run: () => place("Distribute", (boxes) => distribute(boxes, axis)),
});

export const tidyCommand: Command = {
  id: "tidy",
  label: () =>
    state().selection.nodes.size + state().selection.marks.size > 1 ? "Tidy up the selection" : "Tidy up",
  group: "Edit",
  Icon: IconWand,
  keys: ["T"],
  enabled: () => !isReadOnly(state()) && state().draft.nodes.length > 1,
  needs: toEdit("There is one node at most"),
  run: tidy,
};

export const arranging: Command[] = [
  tidyCommand,
  aligning("left", "Align left edges", IconLayoutAlignLeft, "Alt+ArrowLeft"),
  aligning("center", "Align centers", IconLayoutAlignCenter, "Alt+C"),
  aligning("right", "Align right edges", IconLayoutAlignRight, "Alt+ArrowRight"),
  aligning("top", "Align top edges", IconLayoutAlignTop, "Alt+ArrowUp"),
  aligning("middle", "Align middles", IconLayoutAlignMiddle, "Alt+M"),
  aligning("bottom", "Align bottom edges", IconLayoutAlignBottom, "Alt+ArrowDown"),
  distributing("x", "Distribute horizontally", IconLayoutDistributeHorizontal, "Alt+H"),
  distributing("y", "Distribute vertically", IconLayoutDistributeVertical, "Alt+V"),
];
