/** What differs between two versions of a graph. A node that only moved has not changed. */

import type { Apart } from "../api/types";
import { sameValue } from "./same";
import { paramHeldAs } from "./paramNames";
import { endOf, findNode, nodesById, ownName, paramValue, wiresByInput } from "./read";
import type { Catalog, Graph, GraphNode } from "./types";

export interface ParamChange {
  param: string;
  label: string;
  before: unknown;
  after: unknown;
  /** A script or another long text: best shown line by line. */
  isText: boolean;
}

/** What an input is wired to, as `node.port`; null where nothing is. */
export interface InputChange {
  port: string;
  label: string;
  before: string | null;
  after: string | null;
}

/** What makes a node compute something else. */
export interface NodeChange {
  module: { before: string; after: string } | null;
  params: ParamChange[];
  inputs: InputChange[];
}

export interface NodeDiff extends NodeChange {
  kind: "added" | "removed" | "changed" | "moved" | "same";
  /** As it is after, or was before where it is gone. */
  node: GraphNode;
  comment: { before: string; after: string } | null;
  name: { before: string; after: string } | null;
  /** What its result stands on apart from the graph, and is another. */
  apart: readonly Apart[];
}

const NOTHING: NodeChange = { module: null, params: [], inputs: [] };
const isNothing = ({ module, params, inputs }: NodeChange): boolean =>
  !module && params.length === 0 && inputs.length === 0;

/** Params and module of a node that is in both versions. Params left out count as the module's default. */
function ownChange(before: GraphNode, after: GraphNode, catalog: Catalog): NodeChange {
  if (before.module === after.module && before.params === after.params) return NOTHING;
  const module = before.module === after.module ? null : { before: before.module, after: after.module };
  const spec = catalog.module(after.module);
  const own = (node: GraphNode) =>
    Object.keys(node.params).map((held) => paramHeldAs(node, spec, held)?.name ?? held);
  const names = new Set([...own(before), ...own(after)]);
  const params: ParamChange[] = [];
  for (const name of names) {
    const values = [paramValue(before, spec, name), paramValue(after, spec, name)] as const;
    if (sameValue(values[0], values[1])) continue;
    const known = spec?.params.find((param) => param.name === name);
    const isText = known?.type === "code" || values.some((value) => String(value ?? "").includes("\n"));
    params.push({ param: name, label: known?.label ?? name, before: values[0], after: values[1], isText });
  }
  return module || params.length ? { module, params, inputs: [] } : NOTHING;
}

const remembered = new WeakMap<GraphNode, { before: GraphNode; catalog: Catalog; change: NodeChange }>();

/** The same, remembered as long as both are the same objects: typing in one node compares one node. */
function ownChangeOnce(before: GraphNode, after: GraphNode, catalog: Catalog): NodeChange {
  const known = remembered.get(after);
  if (known?.before === before && known.catalog === catalog) return known.change;
  const change = ownChange(before, after, catalog);
  remembered.set(after, { before, catalog, change });
  return change;
}

function inputChanges(before: Graph, after: Graph, catalog: Catalog): Map<string, InputChange[]> {
  const changes = new Map<string, InputChange[]>();
  const [was, is] = [wiresByInput(before), wiresByInput(after)];
  for (const to of new Set([...was.keys(), ...is.keys()])) {
    const [from, now] = [was.get(to)?.from ?? null, is.get(to)?.from ?? null];
    if (from === now) continue;
    const { node, port } = endOf(to);
    const module = catalog.module(findNode(after, node)?.module ?? findNode(before, node)?.module ?? "");
    const label = module?.inputs.find((input) => input.name === port)?.label ?? port;
    const list = changes.get(node) ?? [];
    changes.set(node, [...list, { port, label, before: from, after: now }]);
  }
  return changes;
}

/** The nodes of both versions that compute something else now: by id. */
export function changedNodes(before: Graph, after: Graph, catalog: Catalog): Map<string, NodeChange> {
  const inputs = inputChanges(before, after, catalog);
  const was = nodesById(before);
  const changed = new Map<string, NodeChange>();
  for (const node of after.nodes) {
    const old = was.get(node.id);
    if (!old) continue;
    const own = ownChangeOnce(old, node, catalog);
    const wired = inputs.get(node.id);
    const change = wired ? { ...own, inputs: wired } : own;
    if (!isNothing(change)) changed.set(node.id, change);
  }
  return changed;
}

/**
 * Every node of either version, those that are gone last, with what became of it.
 * `apart`: by node, what differs though the graphs do not, as another version of a dataset.
 */
export function diffGraphs(
  before: Graph,
  after: Graph,
  catalog: Catalog,
  apart: Readonly<Record<string, readonly Apart[]>> = {},
): NodeDiff[] {
  const changed = changedNodes(before, after, catalog);
  const was = nodesById(before);
  const is = nodesById(after);
  const here = after.nodes.map((node): NodeDiff => {
    const old = was.get(node.id);
    if (!old) return { ...NOTHING, kind: "added", node, comment: null, name: null, apart: [] };
    const change = changed.get(node.id) ?? NOTHING;
    const [said, says] = [old.comment ?? "", node.comment ?? ""];
    const comment = said === says ? null : { before: said, after: says };
    const [called, calls] = [ownName(old), ownName(node)];
    const name = called === calls ? null : { before: called, after: calls };
    const moved = old.position.x !== node.position.x || old.position.y !== node.position.y;
    const other = apart[node.id] ?? [];
    const kind = change !== NOTHING || comment || name || other.length ? "changed" : moved ? "moved" : "same";
    return { ...change, kind, node, comment, name, apart: other };
  });
  const gone = before.nodes
    .filter((node) => !is.has(node.id))
    .map((node): NodeDiff => ({ ...NOTHING, kind: "removed", node, comment: null, name: null, apart: [] }));
  return [...here, ...gone];
}
