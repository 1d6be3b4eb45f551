/** Two tabs, one experiment: a newer version elsewhere is taken where nothing is lost, else asked about. */

import type { ExperimentFile } from "../../graph/types";
import { edit } from "./edit";
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
  if (id === null || message.client === clientId || message.revision <= revision) return false;
  return raiseConflict(id);
}

/** Looks at the server's version; true where it was taken silently since nothing here was unsaved. */
export async function raiseConflict(id: string): Promise<boolean> {
  let theirs;
  try {
    theirs = await getExperiment(id);
  } catch {
    useEditor.setState({
      save: { kind: "failed", reason: "a newer version exists, but it cannot be loaded." },
    });
    return false;
  }
  const { id: openId, revision, draft, saved } = state();
  if (openId !== id) return false;
  if (!theirs) {
    useEditor.setState({ conflict: { kind: "deleted" } });
    return false;
  }
  if (theirs.revision <= revision) return false;
  const file = fileOf(theirs);
  if (draft === saved || sameContent(draft, file)) {
    adopt("Changes from another tab", file, theirs.revision);
    return true;
  }
  useEditor.setState({ conflict: { kind: "newer", theirs: file, revision: theirs.revision } });
  return false;
}

/** Theirs becomes the draft. It is a step of undo like any other, so what was here can be had back. */
function adopt(label: string, file: ExperimentFile, revision: number): void {
  useEditor.setState({ revision, saved: file, conflict: null });
  const { viewedRun } = state();
  if (viewedRun) useEditor.setState({ draft: file });
  else edit(label, () => file);
  useEditor.setState({ save: { kind: "saved" } });
}

export function takeTheirs(): void {
  const { id, conflict } = state();
  if (id === null || conflict?.kind !== "newer") return;
  forgetDraft(id);
  adopt("Take the other version", conflict.theirs, conflict.revision);
}

/** Overwrites, knowingly: the save names the revision that was looked at. */
export function keepMine(): void {
  const { conflict, draft } = state();
  if (conflict?.kind !== "newer") return;
  useEditor.setState({ revision: conflict.revision, saved: conflict.theirs, conflict: null });
  // A new object starts the autosave.
  useEditor.setState({ draft: { ...draft }, save: { kind: "saving" } });
}

/** Stores the draft as a new experiment and gives its id; here, theirs is taken. */
export async function saveMineAsCopy(): Promise<string> {
  const { draft, conflict, id } = state();
  const copy = await postExperiment({ ...draft, name: `${draft.name} (my version)` });
  if (id) forgetDraft(id);
  if (conflict?.kind === "newer") adopt("Take the other version", conflict.theirs, conflict.revision);
  else useEditor.setState({ saved: draft, save: { kind: "saved" }, conflict: null });
  return copy;
}

/** After opening: edits a closed tab could not save are put back, or asked about where the server moved on. */
export function restoreKeptDraft(): void {
  const { id, revision, saved, draft } = state();
  if (id === null) return;
  const kept = keptDraft(id);
  // The kept history may have brought them already.
  if (!kept || (draft !== saved && sameContent(kept.file, draft))) return;
  if (sameContent(kept.file, saved)) {
    forgetDraft(id);
  } else if (kept.revision === revision) {
    edit("Restore unsaved edits", () => kept.file);
  } else {
    edit("Restore unsaved edits", () => kept.file);
    useEditor.setState({ conflict: { kind: "newer", theirs: saved, revision } });
  }
}

/** Whether two documents say the same. */
export const sameContent = (a: ExperimentFile, b: ExperimentFile): boolean => canonical(a) === canonical(b);

/** JSON with sorted keys: the server may order them another way. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
