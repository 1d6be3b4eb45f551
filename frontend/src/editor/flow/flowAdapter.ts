/** The one place that knows both our graph and React Flow's nodes and edges. */

import type { Connection, Edge, Node, NodeChange } from "@xyflow/react";
import { endOf, findNode, findPort, moduleName, outputType, ownName, wireId } from "../../graph/read";
import { NODE_WIDTH } from "../../graph/place";
import { datasetOf } from "../../graph/reference";
import type { Catalog, End, Graph, GraphNode, Position, Wire } from "../../graph/types";

import { handlesOf, USUAL_HEIGHT } from "./ports";

/** The id of the element that a screen reader reads after a node's name. */
export const spokenId = (node: string): string => `about-${node}`;

export type FlowNode = Node<{ node: GraphNode }, "module">;
export type FlowEdge = Edge<{ wire: Wire; type: string }, "wire">;

/** What a screen reader says of a node before what is in it: its name, what it does, its comment. */
function spokenName(catalog: Catalog, node: GraphNode): string {
  const name = ownName(node);
  const kind = moduleName(catalog, node);
  const detail = datasetOf(catalog, node) || node.comment;
  return `${name ? `${name}, ` : ""}${kind}${detail ? `: ${detail}` : ""}`;
}

/** Nodes for React Flow. Those that did not change stay the very same objects, so only the others are redrawn. */
export function flowNodes(
  graph: Graph,
  catalog: Catalog,
  selected: ReadonlySet<string>,
  before: FlowNode[],
): FlowNode[] {
  const old = new Map(before.map((node) => [node.id, node]));
  let same = before.length === graph.nodes.length;
  const nodes = graph.nodes.map((node, index) => {
    const was = old.get(node.id);
    const isSelected = selected.has(node.id);
    const ariaLabel = spokenName(catalog, node);
    if (
      was?.data.node === node &&
      Boolean(was.selected) === isSelected &&
      was.ariaLabel === ariaLabel &&
      (was.dragging || (was.position.x === node.position.x && was.position.y === node.position.y))
    ) {
      if (before[index] !== was) same = false;
      return was;
    }
    same = false;
    const module = was ? undefined : catalog.module(node.module);
    return {
      // What is not in view is never drawn, so its size and ports are told instead of measured.
      ...(was ?? {
        measured: { width: NODE_WIDTH, height: USUAL_HEIGHT },
        ...(module ? { handles: handlesOf(module) } : {}),
      }),
      id: node.id,
      type: "module" as const,
      // What is being dragged stays under the pointer, whatever else changes.
      position: was?.dragging ? was.position : node.position,
      selected: isSelected,
      ariaLabel,
      domAttributes: was?.domAttributes ?? { tabIndex: -1, "aria-describedby": spokenId(node.id) },
      data: was?.data.node === node ? was.data : { node },
    };
  });
  return same ? before : nodes;
}

/** Once a node was drawn, what was measured counts. */
export function withoutGuesses(nodes: FlowNode[], drawn: ReadonlySet<string>): FlowNode[] {
  return nodes.map((node) => {
    if (!node.handles || !drawn.has(node.id)) return node;
    const { handles: _guessed, ...rest } = node;
    return rest;
  });
}

export function flowEdges(
  graph: Graph,
  catalog: Catalog,
  selected: ReadonlySet<string>,
  before: FlowEdge[],
): FlowEdge[] {
  const old = new Map(before.map((edge) => [edge.id, edge]));
  const edges: FlowEdge[] = [];
  for (const wire of graph.wires) {
    const id = wireId(wire);
    const from = endOf(wire.from);
    const to = endOf(wire.to);
    const source = findNode(graph, from.node);
    const target = findNode(graph, to.node);
    const output = source && findPort(catalog.module(source.module)?.outputs, from.port);
    const input = target && findPort(catalog.module(target.module)?.inputs, to.port);
    // React Flow can draw a wire only between ports that are drawn.
    if (!output || !input) continue;
    const type = outputType(catalog, source, output) ?? input.type;
    const isSelected = selected.has(id);
    const was = old.get(id);
    if (was && was.data?.type === type && Boolean(was.selected) === isSelected) {
      edges.push(was);
      continue;
    }
    edges.push({
      id,
      type: "wire",
      source: from.node,
      sourceHandle: from.port,
      target: to.node,
      targetHandle: to.port,
      selected: isSelected,
      focusable: isSelected,
      ariaLabel: `Wire from ${output.label} of ${spokenName(catalog, source)} to ${input.label} of ${spokenName(catalog, target)}`,
      data: { wire, type },
    });
  }
  return edges.length === before.length && edges.every((edge, index) => edge === before[index])
    ? before
    : edges;
}

/** The port behind a handle: that of a collapsed frame says itself which node inside it belongs to. */
export const endAt = (node: string, handle: string): End =>
  handle.includes(".") ? endOf(handle) : { node, port: handle };

/** The two ends of a wire that is being drawn; null while one is open. */
export function endsOf(connection: Connection | FlowEdge): { from: End; to: End } | null {
  const { source, sourceHandle, target, targetHandle } = connection;
  if (!sourceHandle || !targetHandle) return null;
  return { from: endAt(source, sourceHandle), to: endAt(target, targetHandle) };
}

/** Where nodes were let go, of all that React Flow reports. */
export function placesOf(nodes: FlowNode[], aside: Position = { x: 0, y: 0 }): Map<string, Position> {
  return new Map(
    nodes.map((node) => [
      node.id,
      { x: Math.round(node.position.x + aside.x), y: Math.round(node.position.y + aside.y) },
    ]),
  );
}

/** The selection after these changes, or null where they change none. */
export function selectionAfter(
  changes: readonly { type: string }[],
  selected: ReadonlySet<string>,
): Set<string> | null {
  const selects = changes.filter((change) => change.type === "select") as Extract<
    NodeChange,
    { type: "select" }
  >[];
  if (selects.length === 0) return null;
  const after = new Set(selected);
  for (const change of selects) {
    if (change.selected) after.add(change.id);
    else after.delete(change.id);
  }
  return after;
}
