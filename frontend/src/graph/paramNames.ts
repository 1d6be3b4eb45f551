/** Params as files of ML Studio (classic) write them: named by their labels, and choices spelled its way. The server
 *  reads them so (`Params` in modules/sdk/params.py). Pure. */

import type { GraphNode, ModuleSpec, ParamSpec } from "./types";

const keys = new Map<string, string>();

/** `Random seed` as a file names it: `random_seed`. */
function snake(label: string): string {
  let key = keys.get(label);
  if (key === undefined) {
    key = label.replaceAll("(s)", "s").replace(/\W+/g, "_").replace(/^_+|_+$/g, "").toLowerCase(); // prettier-ignore
    keys.set(label, key);
  }
  return key;
}

/** The name under which a node holds this param: its own, or its label's if the node has only that. */
export function heldName(node: GraphNode, module: ModuleSpec | undefined, name: string): string {
  if (name in node.params) return name;
  const label = module?.params.find((param) => param.name === name)?.label;
  const other = label === undefined ? name : snake(label);
  return other in node.params && !module?.params.some((param) => param.name === other) ? other : name;
}

/** The param that a node holds under this name. */
export function paramHeldAs(node: GraphNode, module: ModuleSpec | undefined, held: string) {
  const params = module?.params;
  return (
    params?.find(({ name }) => name === held) ??
    params?.find(({ name }) => heldName(node, module, name) === held)
  );
}

const folded = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();

/** The choice that is meant: `ZScore` is `z_score`. Any other value as it is. */
export function meantChoice(param: ParamSpec | undefined, value: unknown): unknown {
  const choices = param?.choices;
  if (!choices || typeof value !== "string" || choices.some((one) => one.value === value)) return value;
  const meant = choices.filter((one) => [String(one.value), one.label].map(folded).includes(folded(value)));
  return meant.length === 1 ? meant[0]?.value : value;
}
