/** Which of the shown results no longer belong to the draft, or to what it stands on. Worked out once a version of it. */

import { useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { create } from "zustand";
import { runQuery, sinceQuery } from "../../api/runs";
import { useCatalog } from "../store/catalog";
import type { EditorState } from "../store/state";
import { useEditor } from "../store/store";
import { withInsides } from "../../graph/own/insides";
import { levelOf, type Path } from "../../graph/own/level";
import { staleNodes, type Outside } from "../../graph/stale";
import type { Catalog, Graph, Marked } from "../../graph/types";
import { wholeOnce } from "../../graph/whole";
import { useLive } from "../../runs/live";
import { shownRunId, useShownRunId } from "../../runs/shown";

const NONE: ReadonlyMap<string, string> = new Map();
const UNCHANGED: Outside = {};
const LOOK_AGAIN_MS = 15_000;

/** What changed apart from the graph since a run. Kept apart, so that 500 badges need not ask for it each. */
const useOutside = create<{ run: string | null; changes: Outside }>(() => ({
  run: null,
  changes: UNCHANGED,
}));

/** Keeps it up to date for the shown run while the editor is open: once, in the editor's screen. */
export function useFollowOutside(): void {
  const run = useShownRunId();
  const live = useLive((state) => state.live);
  const { data } = useQuery({
    ...sinceQuery(run ?? ""),
    enabled: run !== null,
    refetchInterval: live ? false : LOOK_AGAIN_MS,
  });
  useEffect(() => useOutside.setState({ run, changes: data ?? UNCHANGED }), [run, data]);
}

/** Remembered, since what it is asked of is: once a run and a level. */
const levels = new WeakMap<Marked, Map<string, Marked | null>>();

function levelAsRun(file: Marked, inside: Path): Marked | null {
  const known = levels.get(file) ?? new Map<string, Marked | null>();
  levels.set(file, known);
  const key = inside.join("\n");
  const level = known.has(key) ? known.get(key) : levelOf(file, inside);
  known.set(key, level ?? null);
  return level ?? null;
}

/** What changed apart from the graph, at the nodes of the open level. */
function inLevel(outside: Outside, inside: Path): Outside {
  const begin = inside.length > 0 ? `${inside.at(-1)}.` : "";
  const found: Record<string, Outside[string]> = { ...outside };
  for (const [id, changes] of Object.entries(outside)) {
    if (!id.startsWith(begin)) continue;
    const outer = begin + (id.slice(begin.length).split(".")[0] ?? "");
    if (outer !== id) found[outer] = [...(found[outer] ?? []), ...changes];
  }
  return found;
}

interface Last {
  ran: Graph;
  nodes: unknown;
  wires: unknown;
  catalog: Catalog;
  outside: Outside;
  stale: ReadonlyMap<string, string>;
}

let last: Last | null = null;

function staleIn(
  state: EditorState,
  queries: QueryClient,
  run: string | null,
  catalog: Catalog,
): ReadonlyMap<string, string> {
  const file = run ? queries.getQueryData(runQuery(run).queryKey)?.graph : undefined;
  if (!file || state.viewedRun) return NONE;
  const ran = levelAsRun(wholeOnce(file), state.inside);
  if (!ran) return NONE;
  const now = withInsides(state.draft);
  const { nodes, wires } = state.draft;
  const known = useOutside.getState();
  const outside = known.run === run ? known.changes : UNCHANGED;
  const isSame =
    last?.ran === ran &&
    last.nodes === nodes &&
    last.wires === wires &&
    last.catalog === catalog &&
    last.outside === outside;
  if (!last || !isSame) {
    last = {
      ran,
      nodes,
      wires,
      catalog,
      outside,
      stale: staleNodes(withInsides(ran), now, catalog, inLevel(outside, state.inside)),
    };
  }
  return last.stale;
}

/**
 * Why the node's result is stale; empty where it is not. Redraws when that text changes; that another run is
 * shown, its node's entry tells, with which it is used.
 */
export function useStaleReason(node: string): string {
  const queries = useQueryClient();
  const catalog = useCatalog();
  useOutside();
  return useEditor((state) => staleIn(state, queries, shownRunId(), catalog).get(node) ?? "");
}

/** All stale nodes of the draft, with why; those that had no part in the run, too. */
export function useStaleNodes(): ReadonlyMap<string, string> {
  const run = useShownRunId();
  const queries = useQueryClient();
  const catalog = useCatalog();
  useOutside();
  return useEditor((state) => staleIn(state, queries, run, catalog));
}
