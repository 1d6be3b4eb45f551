/** Two tabs, one experiment: what was saved elsewhere is merged in; only where both changed the same is asked. */

import { mergeFiles } from "../../graph/merge";
import { sameValue } from "../../graph/same";
import type { ExperimentFile } from "../../graph/types";
import { levelOf } from "../../graph/own/level";
import { editFile } from "./edit";
import { fileOf } from "./open";
import { forgetDraft, keptDraft } from "./keptDraft";
import { clientId } from "../../api/client";
import { getExperiment, postExperiment } from "./server";
import { useEditor } from "./store";

const state = useEditor.getState;

/** Called by the socket: the experiment has a new revision. True where another tab's version was taken. */
export async function onExperimentChanged(message: {
  revision: number;
  client?: string | null;
}): Promise<boolean> {
  const { id, revision } = state();
  const isDeleted = message.revision === 0;
  if (id === null || message.client === clientId || (message.revision <= revision && !isDeleted))
    return false;
  return raiseConflict(id);
}

/**
 * Looks at the server's version; true where it was taken, or merged with what is unsaved here, without a question.
 * `unanswered`: what this tab sent last without having an answer; where that is the server's version, it is no one else's.
 */
export async function raiseConflict(id: string, unanswered?: ExperimentFile): Promise<boolean> {
  let theirs;
  try {
    theirs = await getExperiment(id);
  } catch {
    const reason = "the server may have a newer version, and cannot be reached.";
    if (state().id === id) useEditor.setState({ failure: { kind: "failed", reason, isInDoubt: true } });
    return false;
  }
  const { id: openId, revision, root: draft, saved, failure } = state();
  if (openId !== id) return false;
  if (failure?.isInDoubt) useEditor.setState({ failure: null });
  if (!theirs) {
    useEditor.setState({ conflict: { kind: "deleted" } });
    return false;
  }
  if (theirs.revision <= revision) return false;
  const file = fileOf(theirs);
  if (unanswered && sameValue(file, unanswered)) {
    const isWhole = sameValue(draft, file);
    if (isWhole) forgetDraft(id);
    useEditor.setState({ saved: isWhole ? draft : file, revision: theirs.revision });
    return false;
  }
  if (draft === saved || sameValue(draft, file)) {
    adopt("Changes from another tab", file, file, theirs.revision);
    return true;
  }
  return mergeIn("Changes from another tab", saved, file, theirs.revision);
}

/** Brings their version and the draft together; asks where both changed the same thing since `base`. */
function mergeIn(label: string, base: ExperimentFile, theirs: ExperimentFile, revision: number): boolean {
  const { root: draft } = state();
  const { file, collisions } = mergeFiles(base, draft, theirs);
  if (collisions.length > 0) {
    useEditor.setState({ conflict: { kind: "newer", base, theirs, revision, collisions } });
    return false;
  }
  adopt(label, file, theirs, revision);
  return true;
}

/**
 * A file becomes the draft, and theirs what the server is known to have. It is a step of undo like any other, so what
 * was here can be had back.
 */
function adopt(label: string, file: ExperimentFile, theirs: ExperimentFile, revision: number): void {
  const draft = sameValue(file, theirs) ? theirs : file;
  // Before the draft changes: the autosave compares the two.
  useEditor.setState({ revision, saved: theirs, conflict: null, failure: null });
  if (state().viewedRun)
    useEditor.setState(({ inside }) => ({ root: draft, draft: levelOf(draft, inside) ?? draft }));
  else editFile(label, () => draft);
}

export function takeTheirs(): void {
  const { id, conflict } = state();
  if (id === null || conflict?.kind !== "newer") return;
  forgetDraft(id);
  const { base, theirs, revision } = conflict;
  adopt("Use the other version", mergeFiles(base, state().root, theirs, "theirs").file, theirs, revision);
}

/** Overwrites where both changed the same, knowingly: the save names the revision that was looked at. */
export function keepMine(): void {
  const { conflict, root: draft } = state();
  if (conflict?.kind !== "newer") return;
  const { base, theirs, revision } = conflict;
  adopt("Keep mine", mergeFiles(base, draft, theirs, "mine").file, theirs, revision);
}

/** Stores the draft as a new experiment and gives its id; here, theirs is taken. */
export async function saveMineAsCopy(): Promise<string> {
  const { root: draft, conflict, id } = state();
  const copy = await postExperiment({ ...draft, name: `${draft.name} (my version)` });
  if (id) forgetDraft(id);
  if (conflict?.kind === "newer")
    adopt("Use the other version", conflict.theirs, conflict.theirs, conflict.revision);
  else useEditor.setState({ saved: draft, failure: null, conflict: null });
  return copy;
}

/** After opening: edits a closed tab could not save are put back, or asked about where the server moved on. */
export function restoreKeptDraft(): void {
  const { id, revision, saved, root: draft } = state();
  if (id === null) return;
  const kept = keptDraft(id);
  // The kept history may have brought them already.
  if (!kept || (draft !== saved && sameValue(kept.file, draft))) return;
  if (sameValue(kept.file, saved)) {
    forgetDraft(id);
    return;
  }
  editFile("Restore unsaved edits", () => kept.file);
  if (kept.revision !== revision) mergeIn("Changes since then", kept.base ?? saved, saved, revision);
}
