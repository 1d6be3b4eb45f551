import type { Edge, Node } from "@xyflow/react";
import type { DragEvent, FocusEvent, MouseEvent, PointerEvent } from "react";
import { moveNodes } from "../../graph/edits";
import { findMark } from "../../graph/marks";
import { NODE_HEIGHT, NODE_WIDTH, snapped } from "../../graph/place";
import { findNode } from "../../graph/read";
import { splice } from "../../graph/splice";
import { currentCatalog } from "../store/catalog";
import { addModule } from "../commands/addModule";
import { moveTo } from "../commands/editing";
import { openInside } from "../commands/ownModules";
import { openOverlay } from "../window/overlays";
import { edit } from "../store/edit";
import { select } from "../store/selection";
import { shownGraph, useEditor } from "../store/store";
import { beginBand, clickWith, endBand } from "./band";
import { draggedNow, isModuleDrag, readDrag } from "../flow/drag";
import { placesOf, type FlowNode } from "../flow/flowAdapter";
import { considerModule, considerNode, considerNothing, takeSplice } from "./splicing";
import { forgetTap, isTouch, tapBody } from "./tapping";
import { prefetchSoon, stopPrefetch } from "./prefetching";
import { isGivingUp } from "./givingUp";
import { takeGuided } from "./guiding";
import { canvasView } from "../window/view";

const screenOf = (event: { clientX: number; clientY: number }) => ({ x: event.clientX, y: event.clientY });
const SETTLE_MS = 300;
const onPane = (event: MouseEvent) => (event.target as Element).classList.contains("react-flow__pane");

/** A node was let go: its place becomes part of the graph. Over a wire, the node goes into it. */
function dropNodes(event: unknown, _node: unknown, nodes: Node[]): void {
  const aside = takeGuided();
  if (isGivingUp()) return considerNothing();
  considerDragged(event, nodes);
  const places = placesOf(nodes as FlowNode[], aside);
  const { draft } = useEditor.getState();
  const wire = takeSplice();
  const [only] = places.keys();
  const moved = [...places].some(([id, place]) => {
    const was = (findNode(draft, id) ?? findMark(draft, id))?.position;
    return was && (was.x !== place.x || was.y !== place.y);
  });
  if (wire && only && places.size === 1) {
    edit("Insert a node into a wire", (file) => {
      const there = moveNodes(file, places);
      return splice(there, currentCatalog(), wire, only) ?? there;
    });
  } else if (moved) moveTo(places);
}

/** Marks the wire that the one dragged node lies on. */
function considerDragged(event: unknown, nodes: readonly Node[]): void {
  const [node] = nodes;
  if (event instanceof globalThis.MouseEvent && node && nodes.length === 1 && node.type === "module")
    considerNode(node, screenOf(event));
}

let settled: ReturnType<typeof setTimeout> | undefined;

/** While the view moves it is a layer of its own, moved and not painted; at rest text must be sharp. */
function markMoving(moving: boolean): void {
  const canvas = document.querySelector<HTMLElement>("[data-canvas]");
  clearTimeout(settled);
  if (!canvas) return;
  if (moving) canvas.dataset.moving = "true";
  else settled = setTimeout(() => delete canvas.dataset.moving, SETTLE_MS);
}

/** Selects it alone, where it is not selected yet. */
function selectFlow(id: string, kind: "node" | "mark"): void {
  const { nodes, marks } = useEditor.getState().selection;
  if (nodes.has(id) || marks.has(id)) return;
  if (kind === "node") select([id]);
  else select([], [], [id]);
}

const flow = {
  onMoveStart: () => markMoving(true),
  onMoveEnd: () => markMoving(false),
  onNodeDrag: (event: unknown, _node: Node, nodes: Node[]) => considerDragged(event, nodes),
  onNodeDragStop: dropNodes,
  onSelectionDragStop: (event: unknown, nodes: Node[]) => dropNodes(event, null, nodes),
  onNodeClick: (event: MouseEvent, node: Node) => {
    const onPort = (event.target as Element).closest(".react-flow__handle");
    if (!onPort && isTouch(event.nativeEvent as globalThis.PointerEvent)) tapBody(node.id);
  },
  onPaneClick: forgetTap,
  onNodeDoubleClick: (_event: unknown, node: Node) => {
    if (node.type === "module" && !openInside(node.id)) openOverlay({ kind: "opened", node: node.id });
  },
  onNodeMouseEnter: (_event: unknown, node: Node) => {
    if (node.type === "module") prefetchSoon(node.id);
  },
  onNodeMouseLeave: stopPrefetch,
  onNodeContextMenu: (event: MouseEvent, node: Node) => {
    event.preventDefault();
    const kind = node.type === "module" ? "node" : "mark";
    selectFlow(node.id, kind);
    openOverlay({ kind: "menu", screen: screenOf(event), target: { kind, id: node.id } });
  },
  onSelectionContextMenu: (event: MouseEvent, nodes: Node[]) => {
    event.preventDefault();
    const id = nodes[0]?.id;
    if (id) openOverlay({ kind: "menu", screen: screenOf(event), target: { kind: "node", id } });
  },
  onEdgeContextMenu: (event: MouseEvent, edge: Edge) => {
    event.preventDefault();
    select([], [edge.id]);
    openOverlay({ kind: "menu", screen: screenOf(event), target: { kind: "wire", id: edge.id } });
  },
  onPaneContextMenu: (event: MouseEvent | globalThis.MouseEvent) => {
    event.preventDefault();
    const screen = screenOf(event);
    const at = canvasView()?.toCanvas(screen);
    if (at) openOverlay({ kind: "menu", screen, target: { kind: "canvas", at } });
  },
};

const frame = {
  onPointerDownCapture: (event: PointerEvent) => beginBand(event),
  onPointerUp: endBand,
  onClickCapture: (event: MouseEvent) => {
    const id = (event.target as Element).closest<HTMLElement>(".react-flow__node")?.dataset.id;
    if (id && clickWith(event, id)) event.stopPropagation();
  },
  onDoubleClick: (event: MouseEvent) => {
    const at = canvasView()?.toCanvas(screenOf(event));
    if (at && onPane(event)) openOverlay({ kind: "quick-add", screen: screenOf(event), at });
  },
  onDragOver: (event: DragEvent) => {
    if (!isModuleDrag(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    considerModule(draggedNow()?.module ?? null, screenOf(event));
  },
  onDragLeave: considerNothing,
  onDrop: (event: DragEvent) => {
    const into = takeSplice();
    const dragged = readDrag(event);
    const at = canvasView()?.toCanvas(screenOf(event));
    // Text from elsewhere means nothing here, and must not lead the browser to another page.
    event.preventDefault();
    if (!dragged || !at) return;
    event.stopPropagation();
    const position = { x: snapped(at.x - NODE_WIDTH / 2), y: snapped(at.y - NODE_HEIGHT / 2) };
    addModule({ ...dragged, position, into });
  },
  /** A node reached by the Tab key is selected, so that keys and panels are about it. */
  onFocus: (event: FocusEvent) => {
    const node = event.target as HTMLElement;
    const id = node.dataset.id;
    if (!id || !node.classList.contains("react-flow__node") || !node.matches(":focus-visible")) return;
    selectFlow(id, findMark(shownGraph(useEditor.getState()), id) ? "mark" : "node");
    canvasView()?.reveal(id);
  },
};

const events = { flow, frame };

/** None of them needs React: they read the store when they happen. */
export const useCanvasEvents = () => events;
