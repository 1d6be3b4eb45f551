/** Copy and paste as text: a copied piece of a graph is an experiment file itself. */

import { freshId } from "./edits";
import { endOf, endText } from "./read";
import { FORMAT, type ExperimentFile, type Graph, type GraphNode, type Position, type Wire } from "./types";

/** These nodes and the wires between them. */
export function pick(graph: Graph, ids: ReadonlySet<string>): Graph {
  return {
    nodes: graph.nodes.filter((node) => ids.has(node.id)),
    wires: graph.wires.filter((wire) => ids.has(endOf(wire.from).node) && ids.has(endOf(wire.to).node)),
  };
}

export function copyText(graph: Graph, ids: ReadonlySet<string>): string {
  const file: ExperimentFile = { format: FORMAT, name: "Copied nodes", ...pick(graph, ids) };
  return JSON.stringify(file, null, 1);
}

/** The experiment file in a text, made whole enough to draw; null where the text is something else. */
export function readText(text: string): ExperimentFile | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  const file = value as Partial<ExperimentFile>;
  if (file.format !== FORMAT || !Array.isArray(file.nodes)) return null;
  return whole(file);
}

/** Fills in what a hand-written file may leave out: params, places, wires. */
export function whole(file: Partial<ExperimentFile>): ExperimentFile {
  const nodes = (file.nodes ?? []).map((node, index) => ({
    ...node,
    params: node.params ?? {},
    position: node.position ?? { x: 40 + (index % 4) * 260, y: 40 + Math.floor(index / 4) * 140 },
  }));
  return { ...file, format: FORMAT, name: file.name ?? "Untitled", nodes, wires: file.wires ?? [] };
}

export interface Pasted<G extends Graph> {
  graph: G;
  ids: string[];
}

/** Adds a piece under fresh ids, its inner wires kept; `at` is where its top left corner goes. */
export function paste<G extends Graph>(
  graph: G,
  piece: Graph,
  at: Position,
  used: Iterable<string> = [],
): Pasted<G> {
  const left = Math.min(...piece.nodes.map((node) => node.position.x));
  const top = Math.min(...piece.nodes.map((node) => node.position.y));
  const first = Number(freshId(graph, used).slice(1));
  const names = new Map(piece.nodes.map((node, index) => [node.id, `n${first + index}`]));
  const nodes: GraphNode[] = piece.nodes.map((node) => ({
    ...node,
    id: names.get(node.id) ?? node.id,
    position: { x: node.position.x - left + at.x, y: node.position.y - top + at.y },
  }));
  const renamed = (end: string): string | null => {
    const { node, port } = endOf(end);
    const name = names.get(node);
    return name === undefined ? null : endText({ node: name, port });
  };
  const wires: Wire[] = piece.wires.flatMap((wire) => {
    const from = renamed(wire.from);
    const to = renamed(wire.to);
    return from && to ? [{ ...wire, from, to }] : [];
  });
  return {
    graph: { ...graph, nodes: [...graph.nodes, ...nodes], wires: [...graph.wires, ...wires] },
    ids: nodes.map((node) => node.id),
  };
}

/** Copies nodes a little to the side; wires into them from outside are kept too. */
export function duplicate<G extends Graph>(
  graph: G,
  ids: ReadonlySet<string>,
  used: Iterable<string> = [],
): Pasted<G> {
  const piece = pick(graph, ids);
  const left = Math.min(...piece.nodes.map((node) => node.position.x));
  const top = Math.min(...piece.nodes.map((node) => node.position.y));
  const pasted = paste(graph, piece, { x: left + 40, y: top + 40 }, used);
  const copyOf = new Map(piece.nodes.map((node, index) => [node.id, pasted.ids[index] as string]));
  const outside = graph.wires.flatMap((wire) => {
    const to = endOf(wire.to);
    const copy = copyOf.get(to.node);
    return copy && !ids.has(endOf(wire.from).node)
      ? [{ ...wire, to: endText({ node: copy, port: to.port }) }]
      : [];
  });
  return { ids: pasted.ids, graph: { ...pasted.graph, wires: [...pasted.graph.wires, ...outside] } };
}
