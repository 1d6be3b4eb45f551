/** Saves the draft half a second after the last edit, one save at a time, and keeps trying. */

import type { ExperimentFile } from "../../graph/types";
import { raiseConflict } from "./conflict";
import { forgetDraft, keepDraft } from "./keptDraft";
import { closeExperiment } from "./open";
import { putExperiment, type SaveAnswer } from "./server";
import { useEditor } from "./store";

const QUIET_MS = 500;
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 15_000;

const state = useEditor.getState;
export const isUnsaved = (): boolean => state().id !== null && state().draft !== state().saved;

let timer: ReturnType<typeof setTimeout> | undefined;
let underWay: Promise<SaveAnswer | null> | null = null;
let retryMs = FIRST_RETRY_MS;

function schedule(ms: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => void saveNow(), ms);
}

/** Saves what is unsaved, now; resolves when the attempt is over. */
export async function saveNow(): Promise<void> {
  clearTimeout(timer);
  if (underWay) {
    await underWay;
    if (state().save.kind === "failed") return;
  }
  if (!isUnsaved() || state().conflict) return;
  underWay = attempt().finally(() => (underWay = null));
  await underWay;
}

async function attempt(): Promise<SaveAnswer | null> {
  const { id, draft, revision } = state();
  if (id === null) return null;
  if (state().save.kind !== "failed") useEditor.setState({ save: { kind: "saving" } });
  const answer = await putExperiment(id, draft, revision);
  if (state().id !== id) return answer;
  switch (answer.kind) {
    case "saved":
      recordSaved(draft, answer.revision);
      break;
    case "stale":
    case "gone":
      await raiseConflict(id);
      break;
    case "later":
      useEditor.setState({ save: { kind: "failed", reason: answer.reason } });
      keepDraft(id, draft, revision);
      schedule(retryMs);
      retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
      break;
    case "refused":
      useEditor.setState({ save: { kind: "failed", reason: answer.reason } });
      keepDraft(id, draft, revision);
  }
  return answer;
}

function recordSaved(file: ExperimentFile, revision: number): void {
  retryMs = FIRST_RETRY_MS;
  const { id, draft } = state();
  if (id) forgetDraft(id);
  useEditor.setState({ saved: file, revision, save: { kind: draft === file ? "saved" : "saving" } });
  if (draft !== file) schedule(QUIET_MS);
}

/** Closes the experiment; what is unsaved is sent on behind it, after a save that may be under way. */
export async function leaveExperiment(): Promise<void> {
  const { id, draft, revision, conflict } = state();
  const unsaved = isUnsaved();
  const before = underWay;
  clearTimeout(timer);
  closeExperiment();
  if (id === null || !unsaved) return;
  keepDraft(id, draft, revision);
  if (conflict) return;
  const earlier = await before;
  const base = earlier?.kind === "saved" ? earlier.revision : revision;
  const answer = await putExperiment(id, draft, base);
  if (answer.kind === "saved") forgetDraft(id);
  else keepDraft(id, draft, base);
}

/** The page goes away: what is unsaved is sent on, and kept here in case that does not arrive. */
function flushAtClose(): void {
  const { id, draft, revision, conflict } = state();
  if (id === null || !isUnsaved()) return;
  keepDraft(id, draft, revision);
  if (conflict) return;
  const body = JSON.stringify(draft);
  const keepaliveLimit = 60_000;
  void putExperiment(id, draft, revision, body.length < keepaliveLimit).then((answer) => {
    if (answer.kind === "saved" && state().id === id) recordSaved(draft, answer.revision);
  });
}

/** Starts watching the store; gives the function that stops. */
export function startAutosave(): () => void {
  const stopWatching = useEditor.subscribe((now, before) => {
    if (now.id === null || now.draft === before.draft || now.draft === now.saved) return;
    if (now.conflict || now.id !== before.id) return;
    schedule(QUIET_MS);
  });
  const onHidden = () => document.visibilityState === "hidden" && void saveNow();
  const onOnline = () => {
    retryMs = FIRST_RETRY_MS;
    void saveNow();
  };
  window.addEventListener("pagehide", flushAtClose);
  window.addEventListener("online", onOnline);
  document.addEventListener("visibilitychange", onHidden);
  return () => {
    clearTimeout(timer);
    stopWatching();
    window.removeEventListener("pagehide", flushAtClose);
    window.removeEventListener("online", onOnline);
    document.removeEventListener("visibilitychange", onHidden);
  };
}
