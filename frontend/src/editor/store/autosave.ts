/**
 * Saves the draft a quarter of a second after the last edit, 0.7 s after the first at the latest, so that other tabs
 * have it within a second; one save at a time, and keeps trying. What is not saved yet is kept in this browser within a
 * third of a second: a tab may be killed.
 */

import type { ExperimentFile } from "../../graph/types";
import { onSignedIn } from "../../api/session";
import { raiseConflict } from "./conflict";
import { forgetDraft, keepDraft } from "./keptDraft";
import { closeExperiment } from "./open";
import { putExperiment, type SaveAnswer } from "./server";
import { useEditor } from "./store";

const QUIET_MS = 250;
const LONGEST_WAIT_MS = 700;
const KEEP_MS = 300;
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 15_000;

const state = useEditor.getState;
export const isUnsaved = (): boolean => state().id !== null && state().root !== state().saved;

let timer: ReturnType<typeof setTimeout> | undefined;
let underWay: Promise<SaveAnswer | null> | null = null;
let keeping: ReturnType<typeof setTimeout> | undefined;
let retryMs = FIRST_RETRY_MS;
/** The file of the latest save that got no answer: it may have arrived. */
let unanswered: ExperimentFile | undefined;
/** When the first edit was made that is not saved. */
let unsavedSince: number | null = null;

function schedule(ms: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => void saveNow(), ms);
}

function scheduleSave(): void {
  unsavedSince ??= Date.now();
  schedule(Math.min(QUIET_MS, Math.max(0, unsavedSince + LONGEST_WAIT_MS - Date.now())));
}

/** Keeps what is unsaved in this browser. */
function keepHere(): void {
  clearTimeout(keeping);
  keeping = undefined;
  const { id, root: draft, revision, saved } = state();
  if (id !== null && isUnsaved()) keepDraft(id, { file: draft, revision, base: saved });
}

/** What was kept of an edit that was taken back must not come back. */
function forgetUndone(id: string): void {
  clearTimeout(keeping);
  keeping = undefined;
  forgetDraft(id);
}

/** Saves what is unsaved, now; resolves when the attempt is over. */
export async function saveNow(): Promise<void> {
  clearTimeout(timer);
  if (underWay) {
    await underWay;
    if (state().failure) return;
  }
  if (!isUnsaved()) unsavedSince = null;
  const { conflict, failure } = state();
  if (conflict || !(isUnsaved() || failure?.isInDoubt)) return;
  underWay = attempt().finally(() => (underWay = null));
  await underWay;
}

/** Takes over what was saved elsewhere while nobody listened; true where there was any. */
export async function catchUp(): Promise<boolean> {
  const { id, revision, conflict } = state();
  if (id === null || conflict) return false;
  if (!isUnsaved() && !underWay) return lookAtTheirs(id);
  await saveNow();
  return state().id === id && state().revision > revision + 1;
}

async function attempt(): Promise<SaveAnswer | null> {
  const { id, root: draft, revision } = state();
  if (id === null) return null;
  if (!isUnsaved()) {
    await lookAtTheirs(id);
    return null;
  }
  unsavedSince = null;
  useEditor.setState({ sending: true });
  const answer = await putExperiment(id, draft, revision);
  if (state().id !== id) return answer;
  useEditor.setState({ sending: false });
  switch (answer.kind) {
    case "saved":
      recordSaved(draft, answer.revision);
      break;
    case "stale":
    case "gone":
      await lookAtTheirs(id);
      break;
    case "later":
      unanswered = draft;
      useEditor.setState({ failure: { kind: "failed", reason: answer.reason, isInDoubt: true } });
      keepHere();
      break;
    case "refused":
      useEditor.setState({ failure: { kind: "failed", reason: answer.reason, isInDoubt: false } });
      keepHere();
  }
  return answer;
}

/** Looks at what the server has, and sends what is unsaved afterwards; true where there was something newer. */
async function lookAtTheirs(id: string): Promise<boolean> {
  const isNewer = await raiseConflict(id, unanswered);
  const { id: openId, conflict, failure } = state();
  if (openId !== id || failure?.isInDoubt) return false;
  unanswered = undefined;
  retryMs = FIRST_RETRY_MS;
  if (isUnsaved() && !conflict) scheduleSave();
  return isNewer;
}

function recordSaved(file: ExperimentFile, revision: number): void {
  retryMs = FIRST_RETRY_MS;
  unanswered = undefined;
  useEditor.setState({ failure: null });
  // Somebody saved on top of it, and that was merged in before this answer came.
  if (revision <= state().revision) return;
  const { id, root: draft } = state();
  if (id && draft === file) forgetDraft(id);
  useEditor.setState({ saved: file, revision });
  if (draft !== file) scheduleSave();
}

/** Closes the experiment; what is unsaved is sent on behind it, after a save that may be under way. */
export async function leaveExperiment(): Promise<void> {
  const { id, root: draft, revision, saved, conflict } = state();
  const unsaved = isUnsaved();
  const before = underWay;
  clearTimeout(timer);
  clearTimeout(keeping);
  keeping = undefined;
  unsavedSince = null;
  closeExperiment();
  if (id === null || !unsaved) return;
  keepDraft(id, { file: draft, revision, base: saved });
  if (conflict) return;
  const earlier = await before;
  const base = earlier?.kind === "saved" ? earlier.revision : revision;
  const answer = await putExperiment(id, draft, base);
  if (answer.kind === "saved") forgetDraft(id);
  else keepDraft(id, { file: draft, revision: base, base: saved });
}

/** The page goes away: what is unsaved is sent on, and kept here in case that does not arrive. */
function flushAtClose(): void {
  const { id, root: draft, revision, conflict } = state();
  if (id === null || !isUnsaved()) return;
  keepHere();
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
    if (now.failure?.isInDoubt && now.failure !== before.failure) {
      schedule(retryMs);
      retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
    }
    if (now.id === null || now.id !== before.id || now.root === before.root) return;
    if (now.root === now.saved) {
      if (now.saved === before.saved) forgetUndone(now.id);
      return;
    }
    keeping ??= setTimeout(keepHere, KEEP_MS);
    if (!now.conflict) scheduleSave();
  });
  const onHidden = () => document.visibilityState === "hidden" && void saveNow();
  const onOnline = () => {
    retryMs = FIRST_RETRY_MS;
    void saveNow();
  };
  window.addEventListener("pagehide", flushAtClose);
  window.addEventListener("online", onOnline);
  const stopAwaiting = onSignedIn(onOnline);
  document.addEventListener("visibilitychange", onHidden);
  return () => {
    clearTimeout(timer);
    clearTimeout(keeping);
    keeping = undefined;
    unsavedSince = null;
    unanswered = undefined;
    stopWatching();
    window.removeEventListener("pagehide", flushAtClose);
    window.removeEventListener("online", onOnline);
    stopAwaiting();
    document.removeEventListener("visibilitychange", onHidden);
  };
}
