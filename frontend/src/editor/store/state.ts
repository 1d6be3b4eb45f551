/** The shape of what the editor holds: one experiment's draft, and how it stands with the server. */

import type { KnownColumn, ScriptShape } from "../../api/types";
import type { Collision } from "../../graph/merge";
import type { Path } from "../../graph/own/level";
import type { ExperimentFile, Marked, ParamSpec, Problem, Warning } from "../../graph/types";

export interface Step {
  label: string;
  before: ExperimentFile;
  after: ExperimentFile;
  /** The level that was open. */
  inside?: Path;
  /** Edits with the same burst key that follow each other closely are one step. */
  burst: string | undefined;
  at: number;
}

/** How the draft stands with the server: worked out from the state, never kept, so that nothing can leave it behind. */
export type SaveState =
  | { kind: "saved" }
  /** Edited; the save is about to start, or under way. */
  | { kind: "saving" }
  | SaveFailure;

export interface SaveFailure {
  kind: "failed";
  reason: string;
  /** What the server has is not known, though nothing may be unsaved here: it is asked until it answers. */
  isInDoubt: boolean;
}

/** Somebody else's version stands where ours should go. */
export type Conflict =
  /** `base` is what both had; `collisions` are where both changed the same thing. */
  | {
      kind: "newer";
      base: ExperimentFile;
      theirs: ExperimentFile;
      revision: number;
      collisions: readonly Collision[];
    }
  | { kind: "deleted" };

/** A run looked at as it was: its own graph, not the draft. */
export interface ViewedRun {
  id: string;
  number: number;
  name: string;
  description: string;
  /** As it ran; `graph` is the level of it that is open. */
  root: Marked;
  graph: Marked;
  /** What the results panel showed of the draft. */
  left: Pick<EditorState, "looked" | "port">;
}

export type Declared = Readonly<Record<string, readonly ParamSpec[]>>;

/** By node and output. */
export type Foretold = Readonly<Record<string, Readonly<Record<string, readonly KnownColumn[]>>>>;

export interface Selection {
  nodes: ReadonlySet<string>;
  wires: ReadonlySet<string>;
  /** Notes and frames. */
  marks: ReadonlySet<string>;
}

export interface EditorState {
  /** The experiment's id; null while none is open. */
  id: string | null;
  /** The whole file, as it is edited. */
  root: ExperimentFile;
  /** The nodes of own modules that are open, from the outermost inwards. */
  inside: Path;
  /** What is on the screen of it: the whole file, or what is inside of such a node. */
  draft: ExperimentFile;
  /** What the server has, as far as this tab knows, and its revision. */
  saved: ExperimentFile;
  revision: number;
  past: readonly Step[];
  future: readonly Step[];
  /** Whether a save is under way. */
  sending: boolean;
  /** Why the last attempt to save failed; null once one worked. */
  failure: SaveFailure | null;
  conflict: Conflict | null;
  selection: Selection;
  /** The node that was selected alone last: the results panel stays with it while nothing is selected. */
  looked: string | null;
  /** The output port whose value the results panel shows. */
  port: { node: string; port: string } | null;
  /** Problems the server found when a run was asked for; they go at the next edit of their node. */
  problems: readonly Problem[];
  /** What the server expects to go wrong; they go at the next edit of their node, and come again if they are true. */
  warnings: readonly Warning[];
  /** By node, the params that its script declares, as the server last read it. */
  declared: Declared;
  /** By node, what its script takes and gives. */
  signatures: Readonly<Record<string, ScriptShape>>;
  /** The columns that nodes will leave, as far as they can be told before a run. */
  foretold: Foretold;
  viewedRun: ViewedRun | null;
  /** Ids that were ever in use here: a newcomer must not inherit the results of a node that went. */
  usedIds: ReadonlySet<string>;
}

export const NOTHING: ReadonlySet<string> = new Set();

export const NO_SELECTION: Selection = { nodes: NOTHING, wires: NOTHING, marks: NOTHING };
