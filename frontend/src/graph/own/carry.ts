/** Which own modules a file carries: those that its nodes use, and none else. */

import { sameValue } from "../same";
import type { ExperimentFile, Graph, Marked } from "../types";
import { definitionsOf, keyOf, OWN, type Definition, type Definitions } from "./definition";
import { freeKey } from "./level";

const keysIn = (graph: Graph): string[] => graph.nodes.flatMap(({ module }) => keyOf(module) ?? []);

/** The definitions that a graph needs, those inside of others too. */
export function needed(graph: Graph, from: Definitions): Definitions {
  const found: Definitions = {};
  const todo = keysIn(graph);
  for (const key of todo) {
    const own = Object.hasOwn(from, key) && !Object.hasOwn(found, key) ? from[key] : undefined;
    if (!own) continue;
    found[key] = own;
    todo.push(...keysIn(own));
  }
  return found;
}

/** The file with just those that it needs; what it does not carry yet is taken from `others`. */
export function carrying(file: ExperimentFile, others: Definitions): ExperimentFile {
  const carried = definitionsOf(file);
  const wanted = needed(file, { ...others, ...carried });
  const keys = Object.keys(wanted);
  if (keys.length === Object.keys(carried).length && keys.every((key) => carried[key] === wanted[key]))
    return file;
  if (keys.length > 0) return { ...file, modules: wanted };
  const { modules: _gone, ...rest } = file;
  return rest as ExperimentFile;
}

/**
 * A piece that brings own modules, made to fit a file: the same one under the same key, another under a key that is
 * free. Gives the piece, and the definitions that the file then carries.
 */
export function adopted<P extends Marked>(file: Marked, piece: P): { piece: P; modules: Definitions } {
  const brought = definitionsOf(piece);
  const modules: Definitions = { ...definitionsOf(file) };
  const names = new Map<string, string>();
  for (const [key, own] of Object.entries(brought)) {
    const taken = Object.hasOwn(modules, key) ? modules[key] : undefined;
    names.set(key, !taken || sameValue(taken, own) ? key : freeKey({ ...modules, ...brought }, key));
  }
  const renamed = <G extends Graph>(graph: G): G => ({
    ...graph,
    nodes: graph.nodes.map((node) => {
      const key = keyOf(node.module);
      const name = key === null ? undefined : names.get(key);
      return name === undefined || name === key ? node : { ...node, module: OWN + name };
    }),
  });
  for (const [key, own] of Object.entries(brought)) modules[names.get(key) ?? key] = renamed<Definition>(own);
  return { piece: renamed(piece), modules };
}
