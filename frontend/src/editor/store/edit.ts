/** `edit`, `undo`, `redo`: the one way in, so that undo, autosave and revision checks are one idea. */

import { findMark } from "../../graph/marks";
import { endOf, findNode, wireId } from "../../graph/read";
import type { ExperimentFile, Problem } from "../../graph/types";
import { carrying } from "../../graph/own/carry";
import { embed, type Path } from "../../graph/own/level";
import { atLevel } from "./level";
import { currentShelf } from "./shelf";
import type { EditorState, Selection, Step } from "./state";
import { useEditor } from "./store";

const BURST_MS = 1200;
const LONGEST_HISTORY = 500;

interface EditOptions {
  /** Key under which edits in quick succession are one step of undo, such as `param:n1.script`. */
  burst?: string;
}

/**
 * Changes the draft. `label` says what was done ("Delete Split Data"); undo shows it.
 * A change that gives back the same object does nothing. Does nothing either while a prior run is shown.
 */
export function edit(
  label: string,
  change: (draft: ExperimentFile) => ExperimentFile,
  options: EditOptions = {},
): void {
  useEditor.setState((state) => {
    const level = change(state.draft);
    return level === state.draft
      ? state
      : stepTo(state, label, embed(state.root, state.inside, level), options);
  });
}

/** Changes the whole file, whichever level of it is open. */
export function editFile(label: string, change: (file: ExperimentFile) => ExperimentFile): void {
  useEditor.setState((state) => {
    const after = change(state.root);
    return after === state.root ? state : stepTo(state, label, after);
  });
}

function stepTo(
  state: EditorState,
  label: string,
  changed: ExperimentFile,
  { burst }: EditOptions = {},
): EditorState | Partial<EditorState> {
  if (state.viewedRun || state.id === null) return state;
  const after = carrying(changed, currentShelf().definitions);
  const step: Step = { label, before: state.root, after, inside: state.inside, burst, at: Date.now() };
  return { ...moved(state, after, state.inside), past: withStep(state.past, step), future: [] };
}

function withStep(past: readonly Step[], step: Step): readonly Step[] {
  const last = past.at(-1);
  if (last && step.burst !== undefined && last.burst === step.burst && step.at - last.at < BURST_MS) {
    return [...past.slice(0, -1), { ...step, before: last.before }];
  }
  return [...past.slice(-LONGEST_HISTORY), step];
}

export function undo(): void {
  useEditor.setState((state) => {
    const step = state.past.at(-1);
    if (!step || state.viewedRun) return state;
    return {
      ...moved(state, step.before, step.inside ?? state.inside),
      past: state.past.slice(0, -1),
      future: [...state.future, step],
    };
  });
}

export function redo(): void {
  useEditor.setState((state) => {
    const step = state.future.at(-1);
    if (!step || state.viewedRun) return state;
    const done = { ...step, burst: undefined };
    return {
      ...moved(state, step.after, step.inside ?? state.inside),
      past: [...state.past, done],
      future: state.future.slice(0, -1),
    };
  });
}

/** Goes to where `count` of all known steps are done: 0 is before the first, the rest can be done again. */
export function travel(count: number): void {
  useEditor.setState((state) => {
    const steps = allSteps(state);
    const draft = count > 0 ? steps[count - 1]?.after : steps[0]?.before;
    if (!draft || state.viewedRun || count === state.past.length) return state;
    const done = steps.slice(0, count).map((step) => ({ ...step, burst: undefined }));
    return { ...moved(state, draft, state.inside), past: done, future: steps.slice(count).reverse() };
  });
}

/** Every known step, oldest first: those done, then those undone. */
export const allSteps = ({ past, future }: Pick<EditorState, "past" | "future">): Step[] => [
  ...past,
  ...[...future].reverse(),
];

/** What follows from another draft: what is gone is not selected, what was mended is no problem. */
function moved(state: EditorState, root: ExperimentFile, path: Path): Partial<EditorState> {
  const level = atLevel(root, path);
  const { draft } = level;
  return {
    ...level,
    selection: stillThere(state.selection, draft),
    port: state.port && findNode(draft, state.port.node) ? state.port : null,
    problems: stillTrue(state.problems, state.draft, draft),
    warnings: stillTrue(state.warnings, state.draft, draft),
    usedIds: remembered(state.usedIds, draft),
  };
}

function stillThere(selection: Selection, draft: ExperimentFile): Selection {
  const nodes = [...selection.nodes].filter((id) => findNode(draft, id));
  const wires = selection.wires.size ? draft.wires.map(wireId).filter((id) => selection.wires.has(id)) : [];
  const marks = [...selection.marks].filter((id) => findMark(draft, id));
  if (
    nodes.length === selection.nodes.size &&
    wires.length === selection.wires.size &&
    marks.length === selection.marks.size
  )
    return selection;
  return { nodes: new Set(nodes), wires: new Set(wires), marks: new Set(marks) };
}

/** A problem stands until its node, or a wire into it, is edited. */
function stillTrue<P extends Problem>(
  problems: readonly P[],
  before: ExperimentFile,
  after: ExperimentFile,
): readonly P[] {
  if (problems.length === 0) return problems;
  const wiresInto = (file: ExperimentFile, node: string) =>
    file.wires
      .filter((wire) => endOf(wire.to).node === node)
      .map(wireId)
      .join();
  return problems.filter(
    ({ node }) =>
      findNode(before, node)?.params === findNode(after, node)?.params &&
      wiresInto(before, node) === wiresInto(after, node),
  );
}

function remembered(used: ReadonlySet<string>, draft: ExperimentFile): ReadonlySet<string> {
  const fresh = draft.nodes.filter((node) => !used.has(node.id));
  return fresh.length ? new Set([...used, ...fresh.map((node) => node.id)]) : used;
}
