/** What is wrong at each node: seen here at once, or found by the server when a run was asked for. */

import { keyOf } from "../../graph/own/definition";
import { findNode } from "../../graph/read";
import { nodeProblems } from "../../graph/problems";
import type { Catalog, Graph, Problem } from "../../graph/types";
import { lineBeside, plainText } from "../../ui/plainText";
import { useCatalog } from "./catalog";
import type { EditorState } from "./state";
import { useEditor } from "./store";

const NONE: readonly Problem[] = [];

interface Found {
  graph: Graph;
  catalog: Catalog;
  byNode: ReadonlyMap<string, readonly Problem[]>;
}

let last: Found | null = null;

/** All local problems of a draft, worked out once a version. */
function localProblems(graph: Graph, catalog: Catalog): ReadonlyMap<string, readonly Problem[]> {
  if (
    last &&
    last.graph.nodes === graph.nodes &&
    last.graph.wires === graph.wires &&
    last.catalog === catalog
  ) {
    return last.byNode;
  }
  const byNode = new Map<string, readonly Problem[]>();
  for (const node of graph.nodes) {
    const found = nodeProblems(graph, catalog, node);
    if (found.length > 0) byNode.set(node.id, found);
  }
  last = { graph, catalog, byNode };
  return byNode;
}

/** All of one node, each thing said once. */
export function problemsOf(state: EditorState, catalog: Catalog, id: string): readonly Problem[] {
  if (state.viewedRun) return NONE;
  const local = localProblems(state.draft, catalog).get(id) ?? NONE;
  const isOwn = keyOf(findNode(state.draft, id)?.module ?? "") !== null;
  const isHere = ({ node }: Problem) => node === id || (isOwn && node.startsWith(`${id}.`));
  const server = state.problems.filter(isHere);
  const warnings = state.warnings.filter(isHere);
  if (server.length + warnings.length === 0) return local;
  const said = (one: Problem) => server.some((other) => place(other) === place(one));
  return [...server, ...local.filter((problem) => !said(problem)), ...warnings];
}

const place = (problem: Problem): string => `${problem.port ?? ""}/${problem.param ?? ""}`;

/** What has to be mended, what will probably go wrong, and what is still to come. */
export type Weight = "wrong" | "warning" | "open";

const weightOf = ({ isOpen, isWarning }: Problem): Weight =>
  isWarning ? "warning" : isOpen ? "open" : "wrong";

/**
 * One line a problem of this weight; an empty text where there is none. A plain string, so that only a change
 * redraws.
 */
export function useProblemText(id: string, weight: Weight): string {
  const catalog = useCatalog();
  return useEditor((state) =>
    catalog.modules.length === 0
      ? ""
      : problemsOf(state, catalog, id)
          .filter((problem) => weightOf(problem) === weight)
          .map(
            ({ message, line }) => plainText(message) + (lineBeside(message, line) ? ` (line ${line})` : ""),
          )
          .join("\n"),
  );
}
