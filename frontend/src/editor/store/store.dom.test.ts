import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { addNode, moveNodes, removeNodes, rename, setComment, setParam } from "../../graph/edits";
import type { Experiment } from "../../api/types";
import { FORMAT } from "../../graph/types";
import { catchUp, startAutosave } from "./autosave";
import { keepMine, onExperimentChanged, restoreKeptDraft, saveMineAsCopy, takeTheirs } from "./conflict";
import { edit, redo, undo } from "./edit";
import { keptDraft } from "./keptDraft";
import { backToDraft, openExperiment, viewRun } from "./open";
import { select } from "./selection";
import { saveState, useEditor } from "./store";

const state = useEditor.getState;
const save = () => saveState(state());
const experiment: Experiment = {
  id: "e1",
  revision: 3,
  created: "2026-01-01T00:00:00Z",
  updated: "2026-01-01T00:00:00Z",
  last_run: null,
  sample: false,
  format: FORMAT,
  name: "Rank features",
  description: "",
  nodes: [
    {
      id: "n1",
      module: "split-data",
      params: { seed: 1 },
      position: { x: 0, y: 0 },
      comment: "",
      color: "red",
    },
  ],
  wires: [],
  tags: ["mine"],
};

/** A server in memory: answers like the API does, to what the tab sends. */
function serve(stored: Experiment) {
  const server = { stored, reachable: true, loseAnswer: false, delayMs: 0, puts: 0, posted: [] as unknown[] };
  const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
  vi.stubGlobal("fetch", async (call: string | Request, given: RequestInit = {}) => {
    const init = call instanceof Request ? { ...given, method: call.method, body: await call.text() } : given;
    if (!server.reachable) throw new TypeError("Failed to fetch");
    if (server.delayMs) await new Promise((resolve) => setTimeout(resolve, server.delayMs));
    if (init.method === "POST") {
      server.posted.push(JSON.parse(String(init.body)));
      return json(201, { id: "copy" });
    }
    if (init.method !== "PUT") return json(200, server.stored);
    server.puts += 1;
    const wanted = (init.headers as Record<string, string>)["If-Match"];
    if (wanted !== `"${server.stored.revision}"`)
      return json(412, { current_revision: server.stored.revision });
    server.stored = { ...JSON.parse(String(init.body)), id: "e1", revision: server.stored.revision + 1 };
    if (server.loseAnswer) throw new TypeError("Failed to fetch");
    return json(200, server.stored);
  });
  return server;
}

let server: ReturnType<typeof serve>;
let stop: () => void;
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const elsewhere = (name: string) => {
  server.stored = { ...server.stored, name, revision: server.stored.revision + 1 };
};

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  server = serve(experiment);
  stop = startAutosave();
  openExperiment(experiment);
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("undo", () => {
  it("takes back edits one by one and does them again", () => {
    edit("Add node", (d) => addNode(d, "n2", { module: "join-data", position: { x: 1, y: 1 } }));
    edit("Rename", (d) => rename(d, "Other"));
    edit("Move", (d) => moveNodes(d, new Map([["n1", { x: 9, y: 9 }]])));
    edit("Comment", (d) => setComment(d, "n1", "why"));
    expect(state().past.map((step) => step.label)).toEqual(["Add node", "Rename", "Move", "Comment"]);
    undo();
    undo();
    undo();
    undo();
    expect(state().draft).toEqual(state().saved);
    redo();
    redo();
    expect(state().draft.name).toBe("Other");
    edit("Delete", (d) => removeNodes(d, new Set(["n2"])));
    expect(state().future).toEqual([]);
  });

  it("takes typing in one burst back at once, and a later burst apart", async () => {
    for (const text of ["a", "ab", "abc"])
      edit("Type", (d) => setParam(d, "n1", "script", text), { burst: "param:n1.script" });
    await pass(2000);
    edit("Type", (d) => setParam(d, "n1", "script", "abcd"), { burst: "param:n1.script" });
    expect(state().past).toHaveLength(2);
    undo();
    expect(state().draft.nodes[0]?.params.script).toBe("abc");
    undo();
    expect(state().draft.nodes[0]?.params.script).toBeUndefined();
  });

  it("deselects what is gone", () => {
    edit("Add node", (d) => addNode(d, "n2", { module: "join-data", position: { x: 1, y: 1 } }));
    select(["n1", "n2"]);
    undo();
    expect([...state().selection.nodes]).toEqual(["n1"]);
  });
});

describe("autosave", () => {
  it("saves a moment after the last edit, with unknown keys", async () => {
    edit("Rename", (d) => rename(d, "One"));
    await pass(200);
    edit("Rename", (d) => rename(d, "Two"));
    await pass(200);
    expect(server.puts).toBe(0);
    expect(save().kind).toBe("saving");
    await pass(200);
    expect(server.stored).toMatchObject({
      name: "Two",
      revision: 4,
      tags: ["mine"],
      nodes: [{ color: "red" }],
    });
    expect(state().revision).toBe(4);
    expect(save().kind).toBe("saved");
  });

  it("keeps trying while the server is away, and says so", async () => {
    server.reachable = false;
    edit("Rename", (d) => rename(d, "Offline"));
    await pass(600);
    expect(save()).toMatchObject({
      kind: "failed",
      reason: expect.stringContaining("cannot be reached"),
    });
    await pass(5000);
    server.reachable = true;
    await pass(20_000);
    expect(server.stored.name).toBe("Offline");
    expect(save().kind).toBe("saved");
  });

  it("brings back what a closed tab could not save", async () => {
    server.reachable = false;
    edit("Rename", (d) => rename(d, "Nearly lost"));
    await pass(600);
    server.reachable = true;
    openExperiment(server.stored);
    restoreKeptDraft();
    expect(state().draft.name).toBe("Nearly lost");
    await pass(600);
    expect(server.stored.name).toBe("Nearly lost");
  });
});

describe("what is said of saving", () => {
  const name = (text: string) => edit("Rename", (d) => rename(d, text));
  const isSettled = async (stored: string, puts: number) => {
    await pass(60_000);
    expect(save()).toEqual({ kind: "saved" });
    expect([server.stored.name, server.puts]).toEqual([stored, puts]);
    expect(keptDraft("e1")).toBeNull();
  };

  it("ends where an edit is taken back before it was sent", async () => {
    name("Other");
    undo();
    expect(save().kind).toBe("saved");
    await isSettled("Rank features", 0);
    redo();
    expect(save().kind).toBe("saving");
    await isSettled("Other", 1);
  });

  it("ends where an edit is taken back while it is being sent, and the server has what is shown", async () => {
    server.delayMs = 400;
    name("Other");
    await pass(300);
    undo();
    expect(save().kind).toBe("saving");
    await isSettled("Rank features", 2);
  });

  it("ends where it is taken back while the server is away", async () => {
    server.reachable = false;
    name("Other");
    await pass(400);
    undo();
    await pass(2000);
    expect(save().kind).toBe("failed"); // whether the save arrived is not known
    server.reachable = true;
    await isSettled("Rank features", 0);
  });

  it("does not take its own save for another's where only the answer was lost", async () => {
    server.loseAnswer = true;
    name("Other");
    await pass(400);
    server.loseAnswer = false;
    undo();
    await isSettled("Rank features", 2);
    expect(state()).toMatchObject({ conflict: null, draft: { name: "Rank features" }, revision: 5 });
  });

  it("has no more to say once what was refused is taken back", async () => {
    vi.stubGlobal("fetch", async () => new Response('{"detail": "No."}', { status: 422 }));
    name("Refused");
    await pass(400);
    expect(save()).toMatchObject({ kind: "failed", reason: "No." });
    undo();
    expect(save().kind).toBe("saved");
  });

  it("tells that a newer version could not be loaded, until it could", async () => {
    elsewhere("Theirs");
    server.reachable = false;
    await onExperimentChanged({ revision: 4, client: "other" });
    expect(save().kind).toBe("failed");
    server.reachable = true;
    await isSettled("Theirs", 0);
    expect(state().draft.name).toBe("Theirs");
  });

  it("looks up what was saved elsewhere while the socket was away", async () => {
    elsewhere("Theirs");
    const taken = catchUp();
    await pass(10);
    expect(await taken).toBe(true);
    expect(state().draft.name).toBe("Theirs");
  });

  it("learns at once that the experiment was deleted elsewhere", async () => {
    vi.stubGlobal("fetch", async () => new Response("", { status: 404 }));
    await onExperimentChanged({ revision: 0 });
    expect(state().conflict).toEqual({ kind: "deleted" });
  });
});

describe("a tab that may be killed at any moment", () => {
  it("has its edits kept here within a third of a second, though the typing never pauses", async () => {
    server.reachable = false;
    for (const text of ["a", "ab", "abc"]) {
      edit("Type", (d) => setParam(d, "n1", "script", text));
      await pass(150);
    }
    expect(keptDraft("e1")?.file.nodes[0]?.params.script).toMatch(/^ab/);
  });

  it("saves a second after the first edit at the latest", async () => {
    for (let count = 0; count < 11; count += 1) {
      edit("Type", (d) => setParam(d, "n1", "script", "x".repeat(count)));
      await pass(100);
    }
    expect(server.puts).toBe(1);
  });

  it("has what it kept merged with what was saved elsewhere since", async () => {
    server.reachable = false;
    edit("Type", (d) => setParam(d, "n1", "seed", 7));
    await pass(600);
    server.reachable = true;
    elsewhere("Theirs");
    openExperiment(server.stored);
    restoreKeptDraft();
    expect(state()).toMatchObject({
      conflict: null,
      draft: { name: "Theirs", nodes: [{ params: { seed: 7 } }] },
    });
    await pass(600);
    expect(server.stored).toMatchObject({ name: "Theirs", revision: 5, nodes: [{ params: { seed: 7 } }] });
  });
});

describe("another tab", () => {
  it("is taken silently while nothing is unsaved here", async () => {
    elsewhere("Theirs");
    expect(await onExperimentChanged({ revision: 4, client: "other" })).toBe(true);
    expect(state()).toMatchObject({
      revision: 4,
      conflict: null,
      draft: { name: "Theirs" },
    });
    expect(save().kind).toBe("saved");
    await pass(2000);
    expect(server.puts).toBe(0);
    undo();
    await pass(600);
    expect(server.stored).toMatchObject({ name: "Rank features", revision: 5 });
  });

  it("is merged with what is unsaved here, where the two touch other things", async () => {
    elsewhere("Theirs");
    edit("Type", (d) => setParam(d, "n1", "seed", 7));
    await pass(1200);
    expect(state()).toMatchObject({ conflict: null, draft: { name: "Theirs" } });
    expect(save().kind).toBe("saved");
    expect(server.stored).toMatchObject({ name: "Theirs", revision: 5, nodes: [{ params: { seed: 7 } }] });
  });

  const collide = async () => {
    elsewhere("Theirs");
    edit("Rename", (d) => rename(d, "Mine"));
    await pass(600);
    expect(state().conflict).toMatchObject({ kind: "newer", revision: 4, theirs: { name: "Theirs" } });
    expect(server.stored.name).toBe("Theirs");
  };

  it("never loses against a stale save: theirs can be taken, and mine had back", async () => {
    await collide();
    takeTheirs();
    expect(state()).toMatchObject({ draft: { name: "Theirs" }, conflict: null });
    expect(save().kind).toBe("saved");
    undo();
    expect(state().draft.name).toBe("Mine");
  });

  it("can be overwritten knowingly", async () => {
    await collide();
    keepMine();
    await pass(600);
    expect(server.stored).toMatchObject({ name: "Mine", revision: 5 });
    expect(save().kind).toBe("saved");
  });

  it("can be kept beside a copy of mine", async () => {
    await collide();
    expect(await saveMineAsCopy()).toBe("copy");
    expect(server.posted).toMatchObject([{ name: "Mine (my version)" }]);
    expect(state().draft.name).toBe("Theirs");
  });
});

const graphOf = (nodes: Experiment["nodes"]) => ({ format: FORMAT, name: "", nodes, wires: [] });

it("a prior run is shown as it was and cannot be edited", () => {
  viewRun({ id: "r1", number: 7, graph: graphOf([]) });
  edit("Rename", (d) => rename(d, "No"));
  expect(state().draft.name).toBe("Rank features");
  backToDraft();
  edit("Rename", (d) => rename(d, "Yes"));
  expect(state().draft.name).toBe("Yes");
});

it("the results stay with their node through a prior run, and come back where the run had no such node", () => {
  select(["n1"]);
  viewRun({ id: "r1", number: 7, graph: graphOf([...state().draft.nodes]) });
  expect([state().looked, state().selection.nodes.size]).toEqual(["n1", 0]);
  const old = state().draft.nodes.map((node) => ({ ...node, id: "old" }));
  viewRun({ id: "r2", number: 3, graph: graphOf(old) });
  select(["old"]);
  backToDraft();
  expect([state().looked, state().selection.nodes.size]).toEqual(["n1", 0]);
});
