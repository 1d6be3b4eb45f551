/** Changes of what a node of an own module stands for. */

import { changeNode } from "../edits";
import { endOf, findNode } from "../read";
import type { ExperimentFile, GraphNode, Wire } from "../types";
import { definitionOf, definitionsOf, keyOf, OWN, type Definition } from "./definition";
import { freeKey } from "./level";

/**
 * The node stands for another definition from now on. One of this file alone changes at all its places; a version of
 * the palette stays what it is, and the node gets a copy of its own.
 */
export function redefine(file: ExperimentFile, id: string, own: Definition): ExperimentFile {
  const node = findNode(file, id);
  const before = node && definitionOf(file, node);
  if (!node || !before) return file;
  const definitions = definitionsOf(file);
  const { version, ...rest } = own;
  const isFork = version !== undefined;
  const key = isFork ? freeKey(definitions, own.slug ?? own.name) : (keyOf(node.module) ?? "");
  const kept: Definition = isFork ? { ...rest, based_on: version } : own;
  const module = OWN + key;
  const places = new Set([id, ...file.nodes.filter((one) => one.module === module).map((one) => one.id)]);
  const nodes = file.nodes.map((one) => (places.has(one.id) ? fitted(one, own, module) : one));
  return {
    ...file,
    nodes,
    wires: fittingWires(file, places, own),
    modules: { ...definitions, [key]: kept },
  };
}

/** The node is of the version that the palette has under this key, which the file then carries. */
export function takeVersion(file: ExperimentFile, id: string, key: string, own: Definition): ExperimentFile {
  return {
    ...changeNode(file, id, (was) => fitted(was, own, OWN + key)),
    wires: fittingWires(file, new Set([id]), own),
    modules: { ...definitionsOf(file), [key]: own },
  };
}

/** The wires of these nodes whose ports are still there, and all others. */
function fittingWires({ wires }: ExperimentFile, places: ReadonlySet<string>, own: Definition): Wire[] {
  const into = new Set(own.inputs.map(({ name }) => name));
  const out = new Set(own.outputs.map(({ name }) => name));
  const fits = (end: string, names: ReadonlySet<string>) => {
    const { node, port } = endOf(end);
    return !places.has(node) || names.has(port);
  };
  return wires.filter(({ from, to }) => fits(from, out) && fits(to, into));
}

/** Params that it no longer has are gone. */
function fitted(node: GraphNode, own: Definition, module: string): GraphNode {
  const known = new Set(own.params.map(({ name }) => name));
  const params = Object.fromEntries(Object.entries(node.params).filter(([name]) => known.has(name)));
  return { ...node, module, params };
}

/** How many nodes of the file, at any level, are of the same definition. */
export function placesOf(file: ExperimentFile, key: string): number {
  const graphs = [file, ...Object.values(definitionsOf(file))];
  return graphs.flatMap(({ nodes }) => nodes).filter(({ module }) => module === OWN + key).length;
}
