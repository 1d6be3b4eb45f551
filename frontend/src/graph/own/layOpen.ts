/** The other way round: what is inside of a node of an own module, laid open in its place. */

import { paste } from "../clipboard";
import { removeNodes } from "../edits";
import { endOf, endText, findNode } from "../read";
import type { ExperimentFile, GraphNode, Wire } from "../types";
import { definitionOf, type Definition } from "./definition";

export interface LaidOpen {
  file: ExperimentFile;
  /** The nodes that were inside. */
  ids: string[];
}

/** Inner nodes with what was set at the outer one. */
function withOuter(own: Definition, outer: GraphNode): GraphNode[] {
  return own.nodes.map((node) => {
    const set = own.params.filter((param) => param.node === node.id && param.name in outer.params);
    if (set.length === 0) return node;
    const params = Object.fromEntries(set.map(({ name, param }) => [param, outer.params[name]]));
    return { ...node, params: { ...node.params, ...params } };
  });
}

/** The same file where the node is of no own module. */
export function layOpen(file: ExperimentFile, id: string, used: Iterable<string>): LaidOpen {
  const outer = findNode(file, id);
  const own = outer && definitionOf(file, outer);
  if (!outer || !own) return { file, ids: [] };
  const pasted = paste(file, { ...own, nodes: withOuter(own, outer) }, outer.position, used);
  const ids = new Map(own.nodes.map((node, index) => [node.id, pasted.ids[index] ?? node.id]));
  const now = (end: string) => {
    const { node, port } = endOf(end);
    return endText({ node: ids.get(node) ?? node, port });
  };
  const wires = pasted.graph.wires.flatMap((wire): Wire[] => {
    const [from, to] = [endOf(wire.from), endOf(wire.to)];
    if (to.node === id)
      return (own.inputs.find(({ name }) => name === to.port)?.to ?? []).map((end) => ({
        ...wire,
        to: now(end),
      }));
    if (from.node !== id) return [wire];
    const output = own.outputs.find(({ name }) => name === from.port);
    return output ? [{ ...wire, from: now(output.from) }] : [];
  });
  return { file: removeNodes({ ...pasted.graph, wires }, new Set([id])), ids: pasted.ids };
}
