/** All wires as a few lines, one for each type: what a large graph needs when seen from far away. */

import type { Graph, Position } from "../../graph/types";
import { endOf } from "../../graph/read";
import type { LibraryCatalog } from "../store/catalog";
import type { FlowEdge } from "../flow/flowAdapter";
import type { Box } from "../flow/markFlow";
import { areaOf } from "./overviewShape";
import { portPlace } from "../flow/ports";

/** SVG paths by port type; the selected wires are one of their own, "selected", and so are those that are `off`. */
export function wireLines(
  edges: readonly FlowEdge[],
  boxes: readonly Box[],
  catalog: LibraryCatalog,
  isOff: (edge: FlowEdge) => boolean,
): Map<string, string> {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const lines = new Map<string, string[]>();
  for (const edge of edges) {
    const from = byId.get(edge.source);
    const to = byId.get(edge.target);
    if (!from || !to || !edge.data) continue;
    const type = edge.selected ? "selected" : isOff(edge) ? "off" : edge.data.type;
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
  box: Box,
  catalog: LibraryCatalog,
  wire: Graph["wires"][number],
  side: "inputs" | "outputs",
): Position {
  const end = side === "inputs" ? wire.to : wire.from;
  const [index, count] = placeOf(box, catalog, end, side);
  const { x, y, width, height } = areaOf(box);
  return {
    x: Math.round(x + (width * portPlace(index, count)) / 100),
    y: Math.round(y + (side === "inputs" ? 0 : height)),
  };
}

/** Which port it is, from the left, and of how many. */
function placeOf(
  box: Box,
  catalog: LibraryCatalog,
  end: string,
  side: "inputs" | "outputs",
): [index: number, count: number] {
  if (box.type === "frame") {
    const outer = box.data.ports?.[side] ?? [];
    return [outer.indexOf(end), outer.length];
  }
  const ports = catalog.module(box.data.node.module)?.[side] ?? [];
  return [ports.findIndex(({ name }) => name === endOf(end).port), ports.length];
}
