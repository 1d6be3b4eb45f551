/** How components ask about runs. Which run: the prior one being looked at, else the newest. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useSyncExternalStore } from "react";
import { runQuery } from "../../api/runs";
import type { NodeRun, Run, RunHead } from "../../api/types";
import { useEditor } from "../store/store";
import { isUnderWay } from "../../runs/applyRunEvent";
import type { ExperimentEvent } from "../../runs/events";
import { followExperiment, newerRun, useLive } from "../../runs/live";
import { latestRunQuery } from "../../runs/latest";
import { nodeWatch } from "../../runs/nodeWatch";
import { useShown, useShownRunId } from "../../runs/shown";
import { useFollowOutside } from "./stale";

const POLL_MS = 1000;

/**
 * Follows an experiment's runs while the editor is open: once, in the editor's screen.
 * `onExperiment` is told of the document's new revisions; it must be the same function at each drawing.
 */
export function useFollowRuns(
  experiment: string | null,
  onExperiment: (event: ExperimentEvent) => void,
): void {
  const queries = useQueryClient();
  useEffect(
    () =>
      experiment === null
        ? undefined
        : followExperiment(queries, experiment, { onExperiment, onDatasets: forgetMissingDatasets }),
    [queries, experiment, onExperiment],
  );
  const viewed = useEditor((state) => state.viewedRun?.id);
  const latest = useLatestRun();
  const run = experiment === null ? null : (viewed ?? latest?.id ?? null);
  useEffect(() => useShown.setState({ run }), [run]);
  // Keeps the run in the cache, and asks for it while the socket is away; draws nothing anew at its news.
  useCurrentRun(nothing);
  useFollowOutside();
}

const nothing = (): null => null;

/** A dataset that a run was refused for may be there now; the next run tells. */
function forgetMissingDatasets(): void {
  useEditor.setState((state) => {
    const problems = state.problems.filter(({ code }) => code !== "unknown-dataset");
    return problems.length < state.problems.length ? { problems } : state;
  });
}

/** The newest run of the open experiment; undefined while that is not known, null where it never ran. */
export function useLatestRun(): RunHead | null | undefined {
  const experiment = useEditor((state) => state.id);
  const live = useLive((state) => state.live);
  return useQuery({
    ...latestRunQuery(experiment ?? ""),
    enabled: experiment !== null,
    refetchInterval: live ? false : 5 * POLL_MS,
  }).data;
}

type Head = Pick<RunHead, "id" | "number" | "state" | "created" | "started" | "finished">;

/** Without what changes with every node. */
const headOf = ({ id, number, state, created, started, finished }: Run): Head => ({
  id,
  number,
  state,
  created,
  started,
  finished,
});

/** The head of the run that the screen is about: the prior one that is viewed, else the newest. */
export function useShownHead(): Head | null | undefined {
  const viewed = useEditor((state) => state.viewedRun?.id);
  const latest = useLatestRun();
  const shown = useCurrentRun(headOf);
  if (viewed === undefined) return latest;
  return shown?.id === viewed ? shown : undefined;
}

/** The shown run, or a part of it. Whole, it redraws with every event: for one place on the screen. */
export function useCurrentRun(): Run | undefined;
export function useCurrentRun<T>(select: (run: Run) => T): T | undefined;
export function useCurrentRun<T>(select?: (run: Run) => T): Run | T | undefined {
  const id = useShownRunId();
  const live = useLive((state) => state.live);
  return useQuery({
    ...runQuery(id ?? ""),
    enabled: id !== null,
    structuralSharing: newerRun,
    // Events keep it fresh; without them, it is asked for while it is under way.
    staleTime: Infinity,
    refetchInterval: ({ state }) => (!live && isUnderWay(state.data?.state) ? POLL_MS : false),
    select: select as (run: Run) => Run | T,
  }).data;
}

/** One node in the shown run; undefined where it was no part of it. Redraws when that node's entry changes. */
export function useNodeRun(node: string): NodeRun | undefined {
  const watch = nodeWatch(useQueryClient());
  const subscribe = useCallback((tell: () => void) => watch.listen(node, tell), [watch, node]);
  return useSyncExternalStore(subscribe, () => watch.entry(node));
}
