/** What a form of params shows and says. Pure. */

import { isShown } from "../../graph/problems";
import { paramValue } from "../../graph/read";
import type { GraphNode, ModuleSpec, ParamSpec } from "../../graph/types";

/** The params to draw: those whose `shown_when` holds for the node as it is. One that does nothing yet is drawn
 *  only where it is set. */
export const shownParams = (module: ModuleSpec, node: GraphNode): ParamSpec[] =>
  module.params.filter(
    (param) =>
      isShown(param, (name) => paramValue(node, module, name)) &&
      (!param.not_yet || isChanged(node, module, param)),
  );

/** Whether the node says something of its own. */
export const isChanged = (node: GraphNode, module: ModuleSpec, param: ParamSpec): boolean =>
  JSON.stringify(paramValue(node, module, param.name)) !== JSON.stringify(param.default);

/** What is wrong with a number, or null. */
export function boundsProblem(param: ParamSpec, value: unknown): string | null {
  if (typeof value !== "number") return null;
  const { min, max } = param;
  if (typeof min === "number" && value < min) return `At least ${min}.`;
  if (typeof max === "number" && value > max) return `At most ${max}.`;
  return null;
}

/** Whether a param has all these words in its label, its help or its name. */
export function paramHas(param: ParamSpec, text: string): boolean {
  const all = `${param.label} ${param.name} ${param.help ?? ""}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

/** The params that each of several forms shows, in the order of the first. */
export function sharedParams(forms: readonly ParamSpec[][]): ParamSpec[] {
  const [first = [], ...others] = forms;
  return first.filter((param) => others.every((form) => form.some((one) => one.name === param.name)));
}
