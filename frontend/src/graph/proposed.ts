/** What a proposed edit would do to what stands on the canvas now. */

import { diffGraphs, type NodeDiff } from "./diff";
import { mergeFiles } from "./merge";
import { wireId } from "./read";
import type { Catalog, ExperimentFile, GraphNode } from "./types";

export interface Proposed {
  /** The draft after it: what was edited here meanwhile stays, unless both changed the same. */
  file: ExperimentFile;
  /** Nodes that would be new. */
  added: GraphNode[];
  /** By id, what a node that is here would have otherwise, in words; the words of one that goes are none. */
  marks: ReadonlyMap<string, Mark>;
  /** Wires that would be new, and those that would go, by id. */
  newWires: ReadonlySet<string>;
  goneWires: ReadonlySet<string>;
  /** Every node that would be another, those that go last. */
  diff: NodeDiff[];
}

export interface Mark {
  kind: "changed" | "removed";
  words: string;
}

export function proposedTo(
  draft: ExperimentFile,
  base: ExperimentFile,
  document: ExperimentFile,
  catalog: Catalog,
): Proposed {
  const { file } = mergeFiles(base, draft, document, "theirs");
  const diff = diffGraphs(draft, file, catalog).filter(({ kind }) => kind !== "same");
  const marks = new Map<string, Mark>();
  for (const one of diff) {
    if (one.kind === "removed") marks.set(one.node.id, { kind: "removed", words: "would be removed" });
    const words = wordsOf(one);
    if (one.kind === "changed" && words.length)
      marks.set(one.node.id, { kind: "changed", words: `would change: ${words.join(", ")}` });
  }
  const [now, then] = [draft, file].map(({ wires }) => new Set(wires.map(wireId))) as [
    Set<string>,
    Set<string>,
  ];
  return {
    file,
    added: diff.filter(({ kind }) => kind === "added").map(({ node }) => node),
    marks,
    newWires: new Set([...then].filter((id) => !now.has(id))),
    goneWires: new Set([...now].filter((id) => !then.has(id))),
    diff,
  };
}

/** What of a node would be another. */
const wordsOf = ({ module, params, inputs, name, comment }: NodeDiff): string[] => [
  ...(module ? ["its module"] : []),
  ...(name ? ["its name"] : []),
  ...params.map(({ label }) => label),
  ...inputs.map(({ label }) => `what comes in at ${label}`),
  ...(comment ? ["its comment"] : []),
];

/** In a few words: "adds 2 nodes, changes 1, removes 1". */
export function summaryOf({ added, marks, newWires, goneWires }: Proposed): string {
  const kinds = [...marks.values()].map(({ kind }) => kind);
  const counts: [string, number][] = [
    ["adds", added.length],
    ["changes", kinds.filter((kind) => kind === "changed").length],
    ["removes", kinds.filter((kind) => kind === "removed").length],
  ];
  const told = counts.filter(([, count]) => count > 0);
  if (told.length === 0) return newWires.size + goneWires.size > 0 ? "changes wires" : "changes no node";
  return told
    .map(([verb, count], at) => `${verb} ${count}${at ? "" : count === 1 ? " node" : " nodes"}`)
    .join(", ");
}
