/** Which of the shown results no longer belong to the draft. Worked out once a version of the draft. */

import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { runQuery } from "../api/runs";
import { useCatalog } from "../editor/catalog";
import type { EditorState } from "../editor/store/state";
import { useEditor } from "../editor/store/store";
import { staleNodes } from "../graph/stale";
import type { Catalog, Graph } from "../graph/types";
import { shownRunId, useShownRunId } from "./shown";

const NONE: ReadonlyMap<string, string> = new Map();

let last: { ran: Graph; nodes: unknown; wires: unknown; catalog: Catalog; stale: typeof NONE } | null = null;

function staleIn(state: EditorState, ran: Graph | undefined, catalog: Catalog): typeof NONE {
  if (!ran || state.viewedRun) return NONE;
  const { nodes, wires } = state.draft;
  if (last?.ran !== ran || last.nodes !== nodes || last.wires !== wires || last.catalog !== catalog) {
    last = { ran, nodes, wires, catalog, stale: staleNodes(ran, state.draft, catalog) };
  }
  return last.stale;
}

const ranGraph = (queries: QueryClient, run: string | null): Graph | undefined =>
  run ? queries.getQueryData(runQuery(run).queryKey)?.graph : undefined;

/**
 * Why the node's result is stale; empty where it is not. Redraws when that text changes; that another run is
 * shown, its node's entry tells, with which it is used.
 */
export function useStaleReason(node: string): string {
  const queries = useQueryClient();
  const catalog = useCatalog();
  return useEditor((state) => staleIn(state, ranGraph(queries, shownRunId()), catalog).get(node) ?? "");
}

/** All stale nodes of the shown run, with why. */
export function useStaleNodes(): ReadonlyMap<string, string> {
  const run = useShownRunId();
  const queries = useQueryClient();
  const catalog = useCatalog();
  return useEditor((state) => staleIn(state, ranGraph(queries, run), catalog));
}
