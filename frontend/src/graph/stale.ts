/** Which results of a run no longer belong to the graph as it is now, and why. */

import type { Apart } from "../api/types";
import { changedNodes, type NodeChange } from "./diff";
import { endOf, findNode, nodeName } from "./read";
import { isPinned, isRepinned } from "./pins";
import type { Catalog, Graph } from "./types";
import { valueText } from "./valueText";

/** What results stand on apart from the graph and is another now, by node: `orders 1 → 2`, `pandas 2.2.3 → 2.3.1`. */
export type Outside = Readonly<Record<string, readonly Apart[]>>;

const apartText = ({ what, before, after }: Apart): string =>
  before === null && after === null ? what : `${what} ${before ?? "none"} → ${after ?? "none"}`;

/** The reason by node id: its own change, or the nearest one above it. Nodes that came later have no result. */
export function staleNodes(
  ran: Graph,
  now: Graph,
  catalog: Catalog,
  outside: Outside = {},
): ReadonlyMap<string, string> {
  const changed = changedNodes(ran, now, catalog);
  const causes: Cause[] = [...changed].map(([id, change]) => ({
    id,
    here: sentence(change),
    below: brief(change),
  }));
  for (const [id, told] of Object.entries(outside)) {
    const what = told.map(apartText).join(", ");
    if (!changed.has(id) && findNode(now, id)) causes.push({ id, here: capital(what), below: what });
  }
  const pinned = new Set(now.nodes.filter(isPinned).map(({ id }) => id));
  for (const node of now.nodes) {
    const before = findNode(ran, node.id);
    if (!before || !isRepinned(before, node)) continue;
    const how = pinned.has(node.id) ? "was pinned to another result" : "was unpinned";
    causes.push({ id: node.id, here: `It ${how}`, below: `it ${how}` });
    pinned.delete(node.id);
  }
  return reached(
    ran,
    now,
    catalog,
    causes.filter(({ id }) => !pinned.has(id)),
    pinned,
  );
}

/** What the causes reach: the nodes below, down to those that are `pinned`, whose result stays. */
function reached(
  ran: Graph,
  now: Graph,
  catalog: Catalog,
  causes: readonly Cause[],
  pinned: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>();
  if (causes.length === 0) return reasons;
  const below = new Map<string, string[]>();
  for (const wire of now.wires) {
    const from = endOf(wire.from).node;
    below.set(from, [...(below.get(from) ?? []), endOf(wire.to).node]);
  }
  for (const { id, here } of causes) reasons.set(id, `${here}.`);
  const queue = causes.map(({ id, below: what }) => {
    const node = findNode(now, id);
    return { id, why: `${node ? nodeName(catalog, node) : id} above it changed: ${what}.` };
  });
  for (const { id, why } of queue) {
    for (const next of below.get(id) ?? []) {
      if (reasons.has(next) || pinned.has(next) || !findNode(ran, next)) continue;
      reasons.set(next, why);
      queue.push({ id: next, why });
    }
  }
  return reasons;
}

/** Why a node's result is not up to date: as its own node tells it, and as nodes below do. */
interface Cause {
  id: string;
  here: string;
  below: string;
}

/** A sentence's first letter; the name of a dataset or a library stays as it is written. */
export const capital = (text: string): string => text.replace(/^another /, "Another ");

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
