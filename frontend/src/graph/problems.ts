/** What is plainly wrong with a graph, as far as the browser can tell while it is edited. */

import { paramValue, wiresByInput } from "./read";
import type { Catalog, Graph, GraphNode, ParamSpec, Problem } from "./types";

const VERBS: Partial<Record<ParamSpec["type"], string>> = {
  dataset: "Choose",
  columns: "Choose",
  records: "Add",
};

const isEmpty = (param: ParamSpec, value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  (Array.isArray(value) && value.length === 0) ||
  (param.type === "columns" && choosesNothing(value));

/** Of a column picker's rules: none of them takes a column in. */
function choosesNothing(value: unknown): boolean {
  const { begin, rules = [] } = value as { begin?: string; rules?: { values?: unknown[] }[] };
  return typeof value === "object" && begin !== "all" && !rules.some(({ values }) => values?.length);
}

/** True among the values stands for any text that is not empty, too. */
const holds = (values: unknown[], value: unknown): boolean =>
  values.includes(value) || (values.includes(true) && typeof value === "string" && value.trim() !== "");

/** A param is asked for only where the params it hangs on have one of the values that show it. */
export function isShown(param: ParamSpec, valueOf: (name: string) => unknown): boolean {
  return Object.entries(param.shown_when ?? {}).every(([name, values]) => holds(values, valueOf(name)));
}

/** What is missing at one node: inputs without a wire, params without a value, a module nobody has. */
export function nodeProblems(graph: Graph, catalog: Catalog, node: GraphNode): Problem[] {
  const module = catalog.module(node.module);
  if (!module) {
    return [
      {
        node: node.id,
        code: "unknown-module",
        message: `There is no module “${node.module}” on this server.`,
      },
    ];
  }
  const found: Problem[] = [];
  const taken = wiresByInput(graph);
  for (const input of module.inputs) {
    if (!input.optional && !taken.has(`${node.id}.${input.name}`)) {
      found.push({
        node: node.id,
        port: input.name,
        code: "missing-input",
        isOpen: true,
        message: `Connect something to ${input.label}.`,
      });
    }
  }
  for (const param of module.params) {
    const shown = isShown(param, (name) => paramValue(node, module, name));
    if (param.required && shown && isEmpty(param, paramValue(node, module, param.name))) {
      const verb = VERBS[param.type] ?? "Fill in";
      found.push({
        node: node.id,
        param: param.name,
        code: "missing-param",
        isOpen: true,
        message: `${verb} ${param.label}.`,
      });
    }
  }
  return found;
}
