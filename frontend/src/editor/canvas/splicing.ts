/** The wire that a node would be put into if it were let go now. */

import { create } from "zustand";
import { addNode } from "../../graph/edits";
import { NODE_HEIGHT, NODE_WIDTH } from "../../graph/place";
import { endOf, wireId } from "../../graph/read";
import type { Area } from "../../graph/peeks";
import { splice } from "../../graph/splice";
import type { Graph, Position, Wire } from "../../graph/types";
import { currentCatalog } from "../store/catalog";
import { useEditor } from "../store/store";
import { canvasView } from "../window/view";

export const useSplicing = create<{ wire: string | null }>(() => ({ wire: null }));

const mark = (wire: string | null): void => {
  if (useSplicing.getState().wire !== wire) useSplicing.setState({ wire });
};

/** The marked wire, which is marked no more. */
export function takeSplice(): Wire | null {
  const id = useSplicing.getState().wire;
  mark(null);
  return useEditor.getState().draft.wires.find((wire) => wireId(wire) === id) ?? null;
}

/** A node of the graph is dragged: one that hangs on no wire yet may go into the one that it lies on. */
export function considerNode(node: Dragged, pointer: Position): void {
  const { draft } = useEditor.getState();
  const wired = draft.wires.some(({ from, to }) => [from, to].some((end) => endOf(end).node === node.id));
  mark(wired ? null : fitting(draft, node.id, pointer, boxOf(node)));
}

/** A node as it is dragged. Where the page has drawn it is a frame or more behind. */
interface Dragged {
  id: string;
  position: Position;
  measured?: { width?: number; height?: number };
}

function boxOf({ position, measured }: Dragged): Area | undefined {
  const view = canvasView();
  if (!view) return undefined;
  const { width = NODE_WIDTH, height = NODE_HEIGHT } = measured ?? {};
  return { ...view.toScreen(position), width: width * view.zoom(), height: height * view.zoom() };
}

/** A module is dragged here from the palette. */
export function considerModule(module: string | null, pointer: Position): void {
  const { draft } = useEditor.getState();
  const id = "\n";
  mark(module && fitting(addNode(draft, id, { module, position: pointer }), id, pointer));
}

export const considerNothing = (): void => mark(null);

/** The wire under the pointer; else the first that the node lies on, from its middle outwards. */
function fitting(graph: Graph, node: string, pointer: Position, box?: Area): string | null {
  for (const point of [pointer, ...across(pointer, box)]) {
    const wire = wireAt(graph, point);
    if (wire) return splice(graph, currentCatalog(), wire, node) ? wireId(wire) : null;
  }
  return null;
}

function wireAt(graph: Graph, { x, y }: Position): Wire | undefined {
  for (const element of document.elementsFromPoint(x, y)) {
    const id = element.closest<HTMLElement>(".react-flow__edge")?.dataset.id;
    const wire = id && graph.wires.find((one) => wireId(one) === id);
    if (wire) return wire;
  }
  return undefined;
}

/** Parts of half a node's width and height, from its middle. */
const PARTS = [0, 0.25, -0.25, 0.5, -0.5, 0.75, -0.75];

/** Points on a node, along its middle and down its middle. What comes from the palette will lie around the pointer. */
function across(pointer: Position, box?: Area): Position[] {
  const zoom = canvasView()?.zoom() ?? 1;
  const [width, height] = box ? [box.width, box.height] : [NODE_WIDTH * zoom, NODE_HEIGHT * zoom];
  const [x, y] = box ? [box.x + width / 2, box.y + height / 2] : [pointer.x, pointer.y];
  return [
    ...PARTS.map((part) => ({ x: x + (part * width) / 2, y })),
    ...PARTS.map((part) => ({ x, y: y + (part * height) / 2 })),
  ];
}
