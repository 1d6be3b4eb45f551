import { describe, expect, it } from "vitest";
import type { NodeRun, Run, RunState } from "../api/types";
import { FORMAT } from "../api/types";
import { applyRunEvent, applyRunEvents } from "./applyRunEvent";
import type { NodeEvent, RunEvent } from "./events";

const entry = (state: RunState): NodeRun => ({
  state, cached: false, reason: "", started: null, finished: null, error: null, outputs: {}, timings: {},
}) as NodeRun; // prettier-ignore

const head = (seq: number, state: RunState) => ({
  id: "r1", purpose: "experiment" as const, experiment: "e1", title: "", number: 1, name: "", state, created: "2024-01-01T00:00:00Z", started: null, finished: null,
  until: null, force: false, seq, counts: {}, cached: 0,
  saved: 0,
}); // prettier-ignore

const snapshot = (seq: number, state: RunState, nodes: Record<string, RunState>): Run => ({
  ...head(seq, state),
  graph: { format: FORMAT, name: "", nodes: [], wires: [] },
  nodes: Object.fromEntries(Object.entries(nodes).map(([id, of]) => [id, entry(of)])),
});

const nodeEvent = (seq: number, node: string, state: RunState): NodeEvent =>
  ({ type: "node", run: "r1", node, seq, ...entry(state) }) as NodeEvent;
const runEvent = (seq: number, state: RunState): RunEvent => ({ type: "run", run: head(seq, state) });

const EVENTS = [
  runEvent(1, "running"),
  nodeEvent(2, "a", "running"),
  nodeEvent(3, "a", "finished"),
  nodeEvent(4, "b", "running"),
  nodeEvent(5, "b", "failed"),
  runEvent(6, "failed"),
];
const START = snapshot(0, "queued", { a: "queued", b: "queued" });
const END = snapshot(6, "failed", { a: "finished", b: "failed" });

describe("a run's snapshot and the events after it", () => {
  it("together are the fresh snapshot, wherever the snapshot was taken", () => {
    for (let taken = 0; taken <= EVENTS.length; taken += 1) {
      const early = applyRunEvents(START, EVENTS.slice(0, taken)).run;
      expect(applyRunEvents(early, EVENTS)).toEqual({ run: END, missed: false });
    }
  });

  it("change nothing where the snapshot knows them already", () => {
    for (const event of EVENTS) expect(applyRunEvent(END, event)).toBe(END);
  });

  it("notice that one never came", () => {
    expect(applyRunEvents(START, [EVENTS[0], EVENTS[2]] as NodeEvent[]).missed).toBe(true);
  });

  it("leave the entries of other nodes the very same objects", () => {
    expect(applyRunEvent(START, nodeEvent(1, "a", "running")).nodes.b).toBe(START.nodes.b);
  });
});
