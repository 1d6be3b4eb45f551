/** The node whose results are shown: the one that is selected, else the last that was. */

import { findNode } from "../../graph/read";
import type { EditorState } from "../store/state";
import { shownGraph, useEditor } from "../store/store";

export const lookedAt = (state: EditorState): string | null =>
  state.looked !== null && findNode(shownGraph(state), state.looked) ? state.looked : null;

/** Null where there is nothing to show: the panel is closed then. */
export const useLookedAt = (): string | null => useEditor(lookedAt);
