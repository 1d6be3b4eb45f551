/** Opening and leaving an experiment, and looking at a prior run of it. */

import { whole } from "../../graph/whole";
import { experimentFile } from "../../api/experiments";
import type { Experiment, Run } from "../../api/types";
import { TOP } from "../../graph/own/level";
import { findNode } from "../../graph/read";
import { atLevel } from "./level";
import type { ExperimentFile, Marked, Problem } from "../../graph/types";
import { NO_SELECTION } from "./state";
import { blankState, useEditor } from "./store";

/** The document in what the API gave. */
export const fileOf = (experiment: Experiment): ExperimentFile => whole(experimentFile(experiment));

export function openExperiment(experiment: Experiment): void {
  const file = fileOf(experiment);
  useEditor.setState({
    ...blankState(),
    id: experiment.id,
    revision: experiment.revision,
    root: file,
    draft: file,
    saved: file,
    usedIds: new Set(file.nodes.map((node) => node.id)),
  });
}

export const closeExperiment = (): void => useEditor.setState(blankState());

/**
 * Shows a prior run's graph with its notes and frames, read-only; the draft stays as it is behind it. The results panel
 * stays with its node, where the run had that one too.
 */
export function viewRun(run: Pick<Run, "id" | "number" | "graph">): void {
  const { nodes, wires, notes, frames, name, description, modules } = whole(run.graph);
  const graph = {
    nodes,
    wires,
    ...(notes && { notes }),
    ...(frames && { frames }),
    ...(modules !== undefined && { modules }),
  } as Marked;
  useEditor.setState(({ viewedRun, looked, port, root }) => ({
    ...atLevel(root, TOP),
    viewedRun: {
      id: run.id,
      number: run.number,
      name,
      description: String(description ?? ""),
      root: graph,
      graph,
      left: viewedRun?.left ?? { looked, port },
    },
    selection: NO_SELECTION,
  }));
}

/** The results panel stays with its node, or goes back to the one it showed before. */
export const backToDraft = (): void =>
  useEditor.setState(({ viewedRun, root: draft, looked }) => ({
    ...atLevel(draft, TOP),
    viewedRun: null,
    selection: NO_SELECTION,
    ...(viewedRun && !(looked !== null && findNode(draft, looked)) && viewedRun.left),
  }));

export const showProblems = (problems: readonly Problem[]): void => useEditor.setState({ problems });
