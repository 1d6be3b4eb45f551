/** The one store of the editor. Everything that changes the draft goes through `edit`. */

import { create } from "zustand";
import { FORMAT, type ExperimentFile, type GraphNode, type Marked } from "../../graph/types";
import { TOP } from "../../graph/own/level";
import { findNode } from "../../graph/read";
import { NO_SELECTION, NOTHING, type EditorState, type SaveState } from "./state";

const BLANK: ExperimentFile = { format: FORMAT, name: "", description: "", nodes: [], wires: [] };

export const blankState = (): EditorState => ({
  id: null,
  root: BLANK,
  inside: TOP,
  draft: BLANK,
  saved: BLANK,
  revision: 0,
  past: [],
  future: [],
  sending: false,
  failure: null,
  conflict: null,
  selection: NO_SELECTION,
  looked: null,
  port: null,
  problems: [],
  warnings: [],
  declared: {},
  signatures: {},
  foretold: {},
  viewedRun: null,
  usedIds: NOTHING,
});

export const useEditor = create<EditorState>(blankState);

/** The graph on the screen: the draft, or that of the prior run being looked at. */
export const shownGraph = (state: EditorState): Marked => state.viewedRun?.graph ?? state.draft;

/** The whole file that it is of. */
export const shownRoot = (state: EditorState): Marked => state.viewedRun?.root ?? state.root;

type Saving = Pick<EditorState, "root" | "saved" | "sending" | "failure">;

const SAVED: SaveState = { kind: "saved" };
const SAVING: SaveState = { kind: "saving" };

/** Whether the server has what is on the screen. */
export function saveState({ root, saved, sending, failure }: Saving): SaveState {
  const isUnsaved = root !== saved;
  if (failure && (isUnsaved || failure.isInDoubt)) return failure;
  return isUnsaved || sending ? SAVING : SAVED;
}

export const isReadOnly = (state: EditorState): boolean => state.viewedRun !== null;

export const useShownGraph = (): Marked => useEditor(shownGraph);
export const useReadOnly = (): boolean => useEditor(isReadOnly);

/** One node of the shown graph; redraws when that node changes, not when others do. */
export const useShownNode = (id: string): GraphNode | undefined =>
  useEditor((state) => findNode(shownGraph(state), id));
