/** Where ports lie on a node, for nodes that were not drawn yet. */

import { Position, type NodeHandle } from "@xyflow/react";
import { NODE_WIDTH } from "../../graph/place";
import type { ModuleSpec } from "../../graph/types";

/** Ports are spread over the edge of a node; one sits in the middle. */
export const portPlace = (index: number, total: number): number => ((index + 1) * 100) / (total + 1);

/** Pixels of a node with a one-line title and nothing below it. */
export const USUAL_HEIGHT = 50;
const SIZE = 11;
const BORDER = 1;

const known = new WeakMap<ModuleSpec, NodeHandle[]>();

/** As React Flow would measure them. */
export function handlesOf(module: ModuleSpec): NodeHandle[] {
  let handles = known.get(module);
  if (!handles) {
    const inner = NODE_WIDTH - 2 * BORDER;
    const along = (index: number, total: number) =>
      BORDER + (inner * portPlace(index, total)) / 100 - SIZE / 2;
    const port = (name: string, x: number, output: boolean): NodeHandle => ({
      id: name,
      type: output ? "source" : "target",
      position: output ? Position.Bottom : Position.Top,
      x,
      y: (output ? USUAL_HEIGHT - BORDER : BORDER) - SIZE / 2,
      width: SIZE,
      height: SIZE,
    });
    handles = [
      ...module.inputs.map((one, at) => port(one.name, along(at, module.inputs.length), false)),
      ...module.outputs.map((one, at) => port(one.name, along(at, module.outputs.length), true)),
    ];
    known.set(module, handles);
  }
  return handles;
}
