/** Questions about a graph. Answers are remembered per version of the graph. */

import { heldName, meantChoice } from "./paramNames";
import { datasetOf } from "./reference";
import type { Catalog, End, Graph, GraphNode, ModuleSpec, PortSpec, Wire } from "./types";

/** `n1.dataset` → its node and port. A port name holds no dot; a node id may. */
export function endOf(text: string): End {
  const dot = text.lastIndexOf(".");
  return { node: text.slice(0, dot), port: text.slice(dot + 1) };
}

export const endText = (end: End): string => `${end.node}.${end.port}`;

const indexes = new WeakMap<GraphNode[], Map<string, GraphNode>>();

export function nodesById(graph: Graph): ReadonlyMap<string, GraphNode> {
  let index = indexes.get(graph.nodes);
  if (!index) {
    index = new Map(graph.nodes.map((node) => [node.id, node]));
    indexes.set(graph.nodes, index);
  }
  return index;
}

export const findNode = (graph: Graph, id: string): GraphNode | undefined => nodesById(graph).get(id);

const takenInputs = new WeakMap<Wire[], Map<string, Wire>>();

/** The wire into each input, by `node.port`. */
export function wiresByInput(graph: Graph): ReadonlyMap<string, Wire> {
  let index = takenInputs.get(graph.wires);
  if (!index) {
    index = new Map(graph.wires.map((wire) => [wire.to, wire]));
    takenInputs.set(graph.wires, index);
  }
  return index;
}

export const wireId = (wire: Wire): string => `${wire.from}→${wire.to}`;

/** What a person called a node; empty where nobody did. A file that others wrote may hold anything there. */
export const ownName = ({ name }: GraphNode): string => (typeof name === "string" ? name.trim() : "");

/** What a node does: a dataset's node brings that dataset, any other does what its module says. */
export function nodeKind(catalog: Catalog, node: GraphNode): string {
  return datasetOf(catalog, node) || moduleName(catalog, node);
}

/** What a node is called everywhere: by its own name, else by what it does. */
export const nodeName = (catalog: Catalog, node: GraphNode): string =>
  ownName(node) || nodeKind(catalog, node);

export const moduleName = (catalog: Catalog, { module }: GraphNode): string =>
  catalog.module(module)?.name ?? module;

/** What travels out of a port: null where that cannot be known before a run. */
export function outputType(catalog: Catalog, node: GraphNode, port: PortSpec): string | null {
  const dataset = datasetOf(catalog, node);
  return dataset === null ? port.type : (catalog.datasetKind(dataset) ?? null);
}

export const findPort = (ports: readonly PortSpec[] | undefined, name: string): PortSpec | undefined =>
  ports?.find((port) => port.name === name);

/** The value of a param, or the module's default where the node has none. */
export function paramValue(node: GraphNode, module: ModuleSpec | undefined, name: string): unknown {
  const held = heldName(node, module, name);
  const param = module?.params.find((one) => one.name === name);
  return held in node.params ? meantChoice(param, node.params[held]) : param?.default;
}
