import type { NodeDiff } from "../../graph/diff";

/** What became of a node, in a word. */
export const KIND_WORDS: Record<NodeDiff["kind"], string> = {
  added: "added",
  removed: "removed",
  changed: "changed",
  moved: "moved only",
  same: "the same",
};
