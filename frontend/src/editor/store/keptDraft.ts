/** A draft the server has not got, kept in this browser until it has. */

import type { ExperimentFile } from "../../graph/types";

const keyOf = (id: string) => `studio.draft.${id}`;

export interface KeptDraft {
  file: ExperimentFile;
  /** The revision the edits were made on, and what that was. */
  revision: number;
  base?: ExperimentFile;
}

export function keepDraft(id: string, { file, revision, base }: Required<KeptDraft>): void {
  try {
    localStorage.setItem(keyOf(id), JSON.stringify({ file, revision, base }));
  } catch {
    // A full or forbidden store is no reason to stop editing; the next save may still arrive.
  }
}

export function keptDraft(id: string): KeptDraft | null {
  try {
    const text = localStorage.getItem(keyOf(id));
    return text ? (JSON.parse(text) as KeptDraft) : null;
  } catch {
    return null;
  }
}

export function forgetDraft(id: string): void {
  try {
    localStorage.removeItem(keyOf(id));
  } catch {
    // Nothing was kept where nothing can be removed.
  }
}
