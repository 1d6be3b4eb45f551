/** The params that callers of a service may set, and those that could be marked so. Pure. */

import { nodeName } from "../../graph/read";
import { marksOf } from "../../graph/serviceParameters";
import type { Catalog, GraphNode, ModuleSpec, ParamSpec } from "../../graph/types";
import { isShown } from "../../graph/problems";
import { paramValue } from "../../graph/read";
import type { Declared } from "../store/state";

/** As the server has them: a call gives nothing else. */
const GIVEN = new Set(["number", "integer", "text", "toggle", "choice"]);

export interface ListedParam {
  node: string;
  title: string;
  param: string;
  label: string;
  /** Its name in the service; null for one that is not marked. */
  name: string | null;
  /** Declared by a script: a parameter by itself, under its own name. */
  declared: boolean;
}

/** In the order of the nodes: the parameters, and what else could be one. */
export function parameterList(
  nodes: readonly GraphNode[],
  catalog: Catalog & { module(slug: string): ModuleSpec | undefined },
  declared: Declared,
): { there: ListedParam[]; free: ListedParam[] } {
  const all = nodes.flatMap((node) => ofNode(node, catalog, declared[node.id] ?? []));
  return { there: all.filter(({ name }) => name !== null), free: all.filter(({ name }) => name === null) };
}

function ofNode(node: GraphNode, catalog: Catalog, declared: readonly ParamSpec[]): ListedParam[] {
  const module = catalog.module(node.module);
  if (!module) return [];
  const marks = marksOf(node);
  const title = nodeName(catalog, node);
  const isDrawn = (param: ParamSpec) =>
    param.name in marks || isShown(param, (name) => paramValue(node, module, name));
  const one = (param: ParamSpec, own: boolean): ListedParam => ({
    node: node.id,
    title,
    param: param.name,
    label: param.label,
    name: marks[param.name] ?? (own ? param.name : null),
    declared: own,
  });
  return [
    ...module.params
      .filter((param) => GIVEN.has(param.type) && isDrawn(param))
      .map((each) => one(each, false)),
    ...declared.map((each) => one(each, true)),
  ];
}
