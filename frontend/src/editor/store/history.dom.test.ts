import { beforeEach, describe, expect, it } from "vitest";
import type { Experiment } from "../../api/types";
import { addNode, setComment } from "../../graph/edits";
import { FORMAT } from "../../graph/types";
import { restoreKeptDraft } from "./conflict";
import { edit, redo, travel, undo } from "./edit";
import { historyOf, resumeHistory } from "./history";
import { keepDraft } from "./keptDraft";
import { openExperiment } from "./open";
import { useEditor } from "./store";

const state = useEditor.getState;
const place = { x: 0, y: 0 };
const experiment = (revision: number, file: object = { nodes: [], wires: [] }) =>
  ({ format: FORMAT, id: "x1", name: "Test", description: "", revision, ...file }) as unknown as Experiment;
const ids = () => state().draft.nodes.map((node) => node.id);
const add = (id: string) =>
  edit(`Add ${id}`, (draft) => addNode(draft, id, { module: "m", position: place }));

beforeEach(() => {
  localStorage.clear();
  openExperiment(experiment(1));
  add("n1");
  add("n2");
  edit("Comment", (draft) => setComment(draft, "n2", "hello"));
});

describe("the list of edits", () => {
  it("leads to any step and back", () => {
    travel(1);
    expect(ids()).toEqual(["n1"]);
    expect(state().future).toHaveLength(2);
    travel(0);
    expect(ids()).toEqual([]);
    travel(3);
    expect(state().draft.nodes[1]?.comment).toBe("hello");
    undo();
    redo();
    expect(state().past.map((step) => step.label)).toEqual(["Add n1", "Add n2", "Comment"]);
  });
});

describe("after a reload", () => {
  it("every step can still be undone and redone", () => {
    undo();
    const kept = historyOf(state());
    openExperiment(experiment(2, structuredClone(state().draft)));
    expect(state().past).toEqual([]);
    if (kept) resumeHistory(structuredClone(kept));
    undo();
    expect(ids()).toEqual(["n1"]);
    redo();
    redo();
    expect(state().draft.nodes[1]?.comment).toBe("hello");
  });

  it("edits that were not saved come back with their steps, once", () => {
    const kept = historyOf(state());
    keepDraft("x1", { file: state().draft, revision: 1, base: state().saved });
    openExperiment(experiment(1));
    if (kept) resumeHistory(structuredClone(kept));
    restoreKeptDraft();
    expect(ids()).toEqual(["n1", "n2"]);
    expect(state().past.map((step) => step.label)).toEqual(["Add n1", "Add n2", "Comment"]);
    expect(state().draft).not.toBe(state().saved);
  });

  it("what somebody else saved is one more step", () => {
    const kept = historyOf(state());
    openExperiment(experiment(7));
    if (kept) resumeHistory(structuredClone(kept));
    expect(ids()).toEqual([]);
    undo();
    expect(ids()).toEqual(["n1", "n2"]);
  });
});
