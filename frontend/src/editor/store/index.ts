/** The editor's public face for the panels beside the canvas. */

export { edit, redo, undo } from "./edit";
export { backToDraft, closeExperiment, openExperiment, showProblems, viewRun } from "./open";
export { closePort, select, selectAll, showPort } from "./selection";
export type { Conflict, EditorState, SaveState, ViewedRun } from "./state";
export {
  isReadOnly,
  shownGraph,
  useEditor,
  useReadOnly,
  useSelectedNodeId,
  useShownGraph,
  useShownNode,
} from "./store";
