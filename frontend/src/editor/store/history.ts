/** Undo that outlives a reload: what is kept of the steps, when, and how they are taken up again. */

import { TOP } from "../../graph/own/level";
import { sameValue } from "../../graph/same";
import { atLevel } from "./level";
import { keptDraft } from "./keptDraft";
import { keepHistory, type KeptHistory } from "./keptHistory";
import type { EditorState } from "./state";
import { useEditor } from "./store";

const QUIET_MS = 400;
const MOST_STEPS = 100;

const state = useEditor.getState;

/**
 * Takes up the kept steps after opening. Where the server has moved on since, that is one more step, so that
 * undo still leads back; where it has not got the latest edits yet, they come back with their steps.
 */
export function resumeHistory(kept: KeptHistory): void {
  const { id, root: draft, revision, usedIds } = state();
  if (id === null || kept.id !== id || (kept.past.length === 0 && kept.future.length === 0)) return;
  const used = new Set([
    ...usedIds,
    ...kept.past.flatMap((step) => step.before.nodes.map((node) => node.id)),
  ]);
  const { past, future } = kept;
  if (sameValue(kept.draft, draft)) {
    useEditor.setState({ past, future, usedIds: used });
    return;
  }
  const unsaved = keptDraft(id);
  if (unsaved?.revision === revision && sameValue(unsaved.file, kept.draft)) {
    useEditor.setState({ past, future, usedIds: used, ...atLevel(kept.draft, TOP) });
    return;
  }
  const elsewhere = {
    label: "Changes made elsewhere",
    before: kept.draft,
    after: draft,
    burst: undefined,
    at: Date.now(),
  };
  useEditor.setState({ past: [...past, elsewhere], future: [], usedIds: used });
}

/** What is worth keeping: the newest steps, and those undone. */
export function historyOf({ id, revision, root: draft, past, future }: EditorState): KeptHistory | null {
  if (id === null) return null;
  return {
    id,
    revision,
    draft,
    past: past.slice(-MOST_STEPS),
    future: future.slice(-MOST_STEPS),
    at: Date.now(),
  };
}

/** Keeps the steps a moment after each; gives the function that stops. */
export function startKeepingHistory(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = () => {
    clearTimeout(timer);
    timer = undefined;
    const history = historyOf(state());
    if (history) void keepHistory(history);
  };
  const stopWatching = useEditor.subscribe((now, before) => {
    if (now.id === null || now.id !== before.id) return;
    if (now.past === before.past && now.future === before.future) return;
    timer ??= setTimeout(keep, QUIET_MS);
  });
  const onHidden = () => {
    if (document.visibilityState === "hidden" && timer) keep();
  };
  document.addEventListener("visibilitychange", onHidden);
  window.addEventListener("pagehide", onHidden);
  return () => {
    if (timer) keep();
    stopWatching();
    document.removeEventListener("visibilitychange", onHidden);
    window.removeEventListener("pagehide", onHidden);
  };
}
