/** What the shown run knows of a node, for commands, which run outside of React. */

import type { Origin } from "../../api/artifacts";
import { runQuery } from "../../api/runs";
import type { NodeRun, OutputEntry, RunHead } from "../../api/types";
import { queries } from "../../api/queryClient";
import type { End } from "../../graph/types";
import { entryOf } from "../../runs/rolledUp";
import { latestRunQuery } from "../../runs/latest";
import { useEditor } from "../store/store";

/** The newest run, as far as it is loaded. */
export function latestRun(): RunHead | null {
  const { id } = useEditor.getState();
  return (id && queries.getQueryData(latestRunQuery(id).queryKey)) || null;
}

const shownRun = (): string | undefined => useEditor.getState().viewedRun?.id ?? latestRun()?.id;

/** The run on the screen, as far as it is loaded: what *Cancel* means. */
export function shownHead(): RunHead | null {
  const { viewedRun } = useEditor.getState();
  return viewedRun ? (queries.getQueryData(runQuery(viewedRun.id).queryKey) ?? null) : latestRun();
}

/** All node runs of the run on the screen, by node. */
export function nodeRuns(): Record<string, NodeRun> {
  const run = shownRun();
  return (run && queries.getQueryData(runQuery(run).queryKey)?.nodes) || {};
}

/** Of a node of an own module: what is inside of it, together. */
export function nodeRun(id: string): NodeRun | undefined {
  const run = shownRun();
  return run === undefined ? undefined : entryOf(queries.getQueryData(runQuery(run).queryKey), id);
}

/** Where what a node shows was left. */
export function originOf(node: string): Origin | undefined {
  const run = shownRun();
  return run ? { run, node } : undefined;
}

export const outputOf = (end: End): OutputEntry | undefined => nodeRun(end.node)?.outputs[end.port];
