/** Which params of the nodes inside can be set from outside. */

import { paramValue } from "../read";
import type { Catalog, GraphNode, ParamSpec } from "../types";
import type { OwnInput, OwnParam } from "./definition";

/** What can be chosen as a param of the whole: every param of each node, a script's own first, as it is set now. */
export function offeredParams(
  catalog: Catalog,
  nodes: readonly GraphNode[],
  declared: (node: string) => readonly ParamSpec[],
): { node: GraphNode; params: ParamSpec[] }[] {
  return nodes.map((node) => {
    const spec = catalog.module(node.module);
    const params = [...declared(node.id), ...(spec?.params ?? [])];
    return {
      node,
      params: params
        .filter(({ not_yet }) => !not_yet)
        .map((param) => ({ ...param, default: valueOf(node, param, paramValue(node, spec, param.name)) })),
    };
  });
}

const valueOf = (node: GraphNode, param: ParamSpec, found: unknown): unknown =>
  found ?? node.params[param.name] ?? param.default;

export interface Chosen {
  node: string;
  param: ParamSpec;
  label: string;
}

/** The chosen params under names of their own; those of `before` keep theirs, and what was said of them. */
export function paramsOf(
  chosen: readonly Chosen[],
  inputs: readonly OwnInput[],
  local: (id: string) => string,
  before: readonly OwnParam[] = [],
): OwnParam[] {
  const taken = new Set(before.map(({ name }) => name));
  return chosen.map(({ node, param, label }) => {
    const was = before.find((one) => one.node === local(node) && one.param === param.name);
    if (was) return was;
    let name = param.name;
    for (let number = 2; taken.has(name); number++) name = `${param.name}_${number}`;
    taken.add(name);
    const { of, shown_when: _when, ...rest } = param;
    const from = of ? `${local(node)}.${of}` : null;
    const input = inputs.find(({ to }) => from !== null && to.includes(from))?.name;
    return { ...rest, name, label, node: local(node), param: param.name, ...(of && { of: input ?? null }) };
  });
}
