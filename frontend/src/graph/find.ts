/** Finding words in an experiment: names, comments, params, script lines, notes, frames. Pure. */

import { framesOf, notesOf } from "./marks";
import { heldName, meantChoice, paramHeldAs } from "./paramNames";
import { nodesInside } from "./own/find";
import { moduleName, ownName } from "./read";
import type { Catalog, GraphNode, Marked, ParamSpec } from "./types";

export interface Hit {
  /** A node's id, or that of a note or frame. */
  id: string;
  kind: "node" | "mark";
  /** What the words were found in: "Name", "Comment", the label of a param. */
  where: string;
  param?: string;
  /** Of a script, counted from 1. */
  line?: number;
  /** The line or value they are in. */
  text: string;
}

const MOST = 200;

/**
 * Every place that has the text, in the order of the graph, then inside of its nodes; at most 200. A param is found by its label too, and one
 * at its default after all that was set or written.
 */
export function findIn(file: Marked, catalog: Catalog, text: string): Hit[] {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return [];
  const has = (value: string) => value.toLowerCase().includes(wanted);
  const hits: Hit[] = [];
  const nodes = [...file.nodes, ...nodesInside(file)];
  for (const node of nodes) {
    for (const place of placesIn(node, catalog)) {
      if (has(place.text) || (place.param && !place.line && has(place.where))) hits.push(place);
    }
    if (hits.length >= MOST) break;
  }
  for (const note of notesOf(file)) {
    const line = note.text.split("\n").find(has);
    if (line !== undefined) hits.push({ id: note.id, kind: "mark", where: "Note", text: line });
  }
  for (const frame of framesOf(file)) {
    if (has(frame.title)) hits.push({ id: frame.id, kind: "mark", where: "Frame", text: frame.title });
  }
  for (const node of nodes) {
    if (hits.length >= MOST) break;
    hits.push(...defaultsOf(node, catalog).filter(({ where, text }) => has(where) || has(text)));
  }
  return hits.slice(0, MOST);
}

/** The params of a node that nobody set, as its form shows them. A script that is the template says nothing. */
function defaultsOf(node: GraphNode, catalog: Catalog): Hit[] {
  const module = catalog.module(node.module);
  return (module?.params ?? [])
    .filter(
      (spec) =>
        !spec.not_yet &&
        !(heldName(node, module, spec.name) in node.params) &&
        spec.type !== "code" &&
        !spec.multiline,
    )
    .map((spec) => ({
      id: node.id,
      kind: "node",
      where: spec.label,
      param: spec.name,
      text: valueText(spec, spec.default),
    }));
}

function* placesIn(node: GraphNode, catalog: Catalog): Generator<Hit> {
  const at = { id: node.id, kind: "node" } as const;
  const module = catalog.module(node.module);
  const name = ownName(node);
  if (name) yield { ...at, where: "Name", text: name };
  yield { ...at, where: name ? "Module" : "Name", text: moduleName(catalog, node) };
  yield { ...at, where: "Id", text: node.id };
  if (node.comment) yield { ...at, where: "Comment", text: node.comment };
  for (const [held, written] of Object.entries(node.params)) {
    const spec = paramHeldAs(node, module, held);
    const [name, value] = [spec?.name ?? held, meantChoice(spec, written)];
    const where = spec?.label ?? name;
    if (spec && (spec.type === "code" || spec.multiline)) {
      const lines = String(value).split("\n");
      for (const [index, line] of lines.entries()) {
        yield { ...at, where, param: name, line: index + 1, text: line.trim() };
      }
    } else {
      yield { ...at, where, param: name, text: valueText(spec, value) };
    }
  }
}

/** A value as a person would look for it: the label of a choice, the names of columns. */
function valueText(spec: ParamSpec | undefined, value: unknown): string {
  const choice = spec?.choices?.find((one) => one.value === value);
  if (choice) return choice.label;
  if (value === null || value === undefined) return "";
  if (typeof value !== "object") return String(value);
  const rules = (value as { rules?: { values?: unknown[] }[] }).rules;
  return rules ? rules.flatMap((rule) => rule.values ?? []).join(", ") : JSON.stringify(value);
}
