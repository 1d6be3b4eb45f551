/** All wires as a few lines, one for each type: what a large graph needs when seen from far away. */

import { NODE_WIDTH } from "../../graph/place";
import type { Graph, Position } from "../../graph/types";
import { endOf } from "../../graph/read";
import type { LibraryCatalog } from "../catalog";
import type { FlowEdge, FlowNode } from "./flowAdapter";
import { portPlace } from "./portTypes";
import { USUAL_HEIGHT } from "./ports";

/** SVG paths by port type; the selected wires are one of their own, "selected". */
export function wireLines(
  edges: readonly FlowEdge[],
  nodes: readonly FlowNode[],
  catalog: LibraryCatalog,
): Map<string, string> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const lines = new Map<string, string[]>();
  for (const edge of edges) {
    const from = byId.get(edge.source);
    const to = byId.get(edge.target);
    if (!from || !to || !edge.data) continue;
    const type = edge.selected ? "selected" : edge.data.type;
    const start = portAt(from, catalog, edge.data.wire, "outputs");
    const end = portAt(to, catalog, edge.data.wire, "inputs");
    const bend = Math.max(30, Math.abs(end.y - start.y) / 2);
    const line = `M${start.x} ${start.y}C${start.x} ${start.y + bend} ${end.x} ${end.y - bend} ${end.x} ${end.y}`;
    const known = lines.get(type);
    if (known) known.push(line);
    else lines.set(type, [line]);
  }
  return new Map([...lines].map(([type, drawn]) => [type, drawn.join("")]));
}

function portAt(
  { position, measured, data }: FlowNode,
  catalog: LibraryCatalog,
  wire: Graph["wires"][number],
  side: "inputs" | "outputs",
): Position {
  const ports = catalog.module(data.node.module)?.[side] ?? [];
  const name = endOf(side === "inputs" ? wire.to : wire.from).port;
  const index = ports.findIndex((port) => port.name === name);
  const x = Math.round(position.x + (NODE_WIDTH * portPlace(index, ports.length)) / 100);
  return { x, y: Math.round(position.y + (side === "inputs" ? 0 : (measured?.height ?? USUAL_HEIGHT))) };
}
