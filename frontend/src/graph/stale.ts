/** Which results of a run no longer belong to the graph as it is now, and why. */

import { changedNodes, type NodeChange } from "./diff";
import { endOf, findNode, nodeName } from "./read";
import type { Catalog, Graph } from "./types";
import { valueText } from "./valueText";

/** The reason by node id: its own change, or the nearest one above it. Nodes that came later have no result. */
export function staleNodes(ran: Graph, now: Graph, catalog: Catalog): ReadonlyMap<string, string> {
  const changed = changedNodes(ran, now, catalog);
  const reasons = new Map<string, string>();
  if (changed.size === 0) return reasons;
  const below = new Map<string, string[]>();
  for (const wire of now.wires) {
    const from = endOf(wire.from).node;
    below.set(from, [...(below.get(from) ?? []), endOf(wire.to).node]);
  }
  for (const [id, change] of changed) reasons.set(id, `${sentence(change)}.`);
  const queue = [...changed].map(([id, change]) => {
    const node = findNode(now, id);
    return { id, why: `${node ? nodeName(catalog, node) : id} above it changed: ${brief(change)}.` };
  });
  for (const { id, why } of queue) {
    for (const next of below.get(id) ?? []) {
      if (reasons.has(next) || !findNode(ran, next)) continue;
      reasons.set(next, why);
      queue.push({ id: next, why });
    }
  }
  return reasons;
}

function sentence(change: NodeChange): string {
  const [param] = change.params;
  const [input] = change.inputs;
  if (change.module) return "The module was replaced";
  if (param?.isText) return `${param.label} was edited since`;
  if (param) return `${param.label} is ${valueText(param.after)} now, and was ${valueText(param.before)}`;
  if (input?.after === null) return `${input.label} is not connected any more`;
  if (input?.before === null) return `${input.label} is connected now, and was not`;
  return `${input?.label ?? "An input"} is connected to something else now`;
}

function brief(change: NodeChange): string {
  const [param] = change.params;
  if (change.module) return "its module was replaced";
  if (param?.isText) return `${param.label} was edited`;
  if (param) return `${param.label} ${valueText(param.before)} → ${valueText(param.after)}`;
  return `its input ${change.inputs[0]?.label ?? ""} was rewired`;
}
