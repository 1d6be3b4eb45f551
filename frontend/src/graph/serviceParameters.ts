/** Params that the callers of a web service may set: marked at their node, by the name that callers use. */

import { changeNode } from "./edits";
import type { Graph, GraphNode } from "./types";

export type Marks = Readonly<Record<string, string>>;

const NONE: Marks = {};
const MARK = "service_parameters";

/** Characters of a name that callers write. */
export const LONGEST_PARAMETER = 100;

/** By param its name in the service. A file that others wrote may hold anything there. */
export function marksOf(node: GraphNode): Marks {
  const said = node[MARK];
  if (said === null || typeof said !== "object" || Array.isArray(said)) return NONE;
  const texts = Object.entries(said).filter(([, name]) => typeof name === "string" && name.trim() !== "");
  return texts.length > 0 ? (Object.fromEntries(texts) as Marks) : NONE;
}

/** Marks a param, or calls it otherwise; null takes the mark away. */
export function markParam<G extends Graph>(graph: G, id: string, param: string, name: string | null): G {
  return changeNode(graph, id, (node) => {
    const { [param]: _before, ...others } = marksOf(node);
    const marks = name === null ? others : { ...others, [param]: name };
    const { [MARK]: _marks, ...rest } = node;
    return (Object.keys(marks).length > 0 ? { ...rest, [MARK]: marks } : rest) as GraphNode;
  });
}

/** A name that no other parameter has. */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted}_${number}`;
  return name;
}
