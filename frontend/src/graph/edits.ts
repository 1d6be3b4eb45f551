/** Edits: each takes a graph and gives a new one, sharing what did not change. */

import { heldName } from "./paramNames";
import { endOf } from "./read";
import type { ExperimentFile, Graph, GraphNode, Marked, ModuleSpec, Position, Wire } from "./types";

/** Ids that no node has, nor had as far as `used` remembers: a run's results must not land on a newcomer. */
export function freshIds(graph: Marked, count: number, used: Iterable<string> = []): string[] {
  const { idPrefix = "" } = graph;
  let highest = 0;
  const consider = (id: string) => {
    const number = id.startsWith(idPrefix) && /^n(\d+)$/.exec(id.slice(idPrefix.length));
    if (number) highest = Math.max(highest, Number(number[1]));
  };
  for (const node of graph.nodes) consider(node.id);
  for (const id of used) consider(id);
  return Array.from({ length: count }, (_, index) => `${idPrefix}n${highest + 1 + index}`);
}

export const freshId = (graph: Marked, used: Iterable<string> = []): string =>
  freshIds(graph, 1, used)[0] ?? "n1";

/** Characters that the server takes. */
export const LONGEST_NAME = 200;

export interface NewNode {
  module: string;
  position: Position;
  params?: Record<string, unknown>;
  comment?: string;
}

export function addNode<G extends Graph>(graph: G, id: string, node: NewNode): G {
  const made: GraphNode = { comment: "", ...node, id, params: node.params ?? {} };
  return { ...graph, nodes: [...graph.nodes, made] };
}

/** Takes nodes away, and the wires that hung on them. */
export function removeNodes<G extends Graph>(graph: G, ids: ReadonlySet<string>): G {
  return {
    ...graph,
    nodes: graph.nodes.filter((node) => !ids.has(node.id)),
    wires: graph.wires.filter((wire) => !ids.has(endOf(wire.from).node) && !ids.has(endOf(wire.to).node)),
  };
}

export function removeWires<G extends Graph>(graph: G, gone: (wire: Wire) => boolean): G {
  const wires = graph.wires.filter((wire) => !gone(wire));
  return wires.length === graph.wires.length ? graph : { ...graph, wires };
}

export function changeNode<G extends Graph>(graph: G, id: string, change: (node: GraphNode) => GraphNode): G {
  return { ...graph, nodes: graph.nodes.map((node) => (node.id === id ? change(node) : node)) };
}

export function moveNodes<G extends Graph>(graph: G, places: ReadonlyMap<string, Position>): G {
  return {
    ...graph,
    nodes: graph.nodes.map((node) => {
      const position = places.get(node.id);
      return position ? { ...node, position } : node;
    }),
  };
}

/** With the module the param is set by its own name, if the node holds it by its label. */
export function setParam<G extends Graph>(
  graph: G,
  id: string,
  name: string,
  value: unknown,
  module?: ModuleSpec,
): G {
  return changeNode(graph, id, (node) => {
    const { params } = heldName(node, module, name) === name ? node : without(node, module, name);
    return { ...node, params: { ...params, [name]: value } };
  });
}

/** A param that goes by another name now keeps its value; one without a value stays without. */
export const renameParam = <G extends Graph>(graph: G, id: string, before: string, after: string): G =>
  changeNode(graph, id, (node) => {
    if (!(before in node.params)) return node;
    const { [before]: value, ...params } = node.params;
    return { ...node, params: { ...params, [after]: value } };
  });

/** Back to the module's default: the param is left out. */
export const resetParam = <G extends Graph>(graph: G, id: string, name: string, module?: ModuleSpec): G =>
  changeNode(graph, id, (node) => without(node, module, name));

function without(node: GraphNode, module: ModuleSpec | undefined, name: string): GraphNode {
  const { [heldName(node, module, name)]: _gone, ...params } = node.params;
  return { ...node, params };
}

export function setComment<G extends Graph>(graph: G, id: string, comment: string): G {
  return changeNode(graph, id, (node) => ({ ...node, comment }));
}

/** Calls a node so; with an empty name, or its usual one, it goes by its module's name again. */
export function nameNode<G extends Graph>(graph: G, id: string, name: string, usual: string): G {
  const wanted = name.replace(/\s+/g, " ").trim().slice(0, LONGEST_NAME);
  return changeNode(
    graph,
    id,
    ({ name: _before, ...node }) =>
      (wanted && wanted !== usual ? { ...node, name: wanted } : node) as GraphNode,
  );
}

/** A limit of its own, or with null the usual one. */
export function setLimit<G extends Graph>(graph: G, id: string, name: string, wish: number | null): G {
  return changeNode(graph, id, ({ limits, ...node }) => {
    const { [name]: _gone, ...others } = limits ?? {};
    const wishes = wish === null ? others : { ...others, [name]: wish };
    return (Object.keys(wishes).length > 0 ? { ...node, limits: wishes } : node) as GraphNode;
  });
}

export const rename = (file: ExperimentFile, name: string): ExperimentFile => ({ ...file, name });
