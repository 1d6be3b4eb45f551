import { QueryClient } from "@tanstack/react-query";
import { expect, it } from "vitest";
import { runQuery } from "../api/runs";
import type { Run } from "../api/types";
import type { NodeEvent } from "./events";
import { adoptRun, applyEvents, newerRun } from "./live";
import { nodeWatch } from "./nodeWatch";
import { addLogChunks, liveLog } from "./logs";
import { joinLog } from "./useNodeLog";

const run = { id: "r1", experiment: "e1", number: 1, state: "queued", seq: 0, nodes: { a: { state: "queued" }, b: { state: "queued" } } } as unknown as Run; // prettier-ignore
const running = { type: "node", run: "r1", node: "a", seq: 1, state: "running" } as unknown as NodeEvent;

it("tells only the node that changed", () => {
  const queries = new QueryClient();
  adoptRun(queries, run);
  const told: string[] = [];
  nodeWatch(queries, "r1").listen("a", () => told.push("a"));
  nodeWatch(queries, "r1").listen("b", () => told.push("b"));
  applyEvents(queries, "e1", [running]);
  expect(told).toEqual(["a"]);
  expect(nodeWatch(queries, "r1").entry("a")?.state).toBe("running");
});

it("does not let a late snapshot undo events", () => {
  const queries = new QueryClient();
  adoptRun(queries, run);
  applyEvents(queries, "e1", [running]);
  const now = queries.getQueryData(runQuery("r1").queryKey);
  expect(newerRun(now, run)).toBe(now);
});

it("keeps what a node prints, told apart by stream, and starts anew with a new attempt", () => {
  const chunk = (seq: number, stream: "stdout" | "stderr", text: string) =>
    ({ type: "log", run: "r1", node: "a", seq, stream, text, skipped: 0 }) as const;
  addLogChunks([chunk(1, "stdout", "one\n"), chunk(2, "stderr", "careful\n")]);
  expect(liveLog("r1", "a")?.chunks).toHaveLength(2);
  addLogChunks([chunk(4, "stdout", "four\n")]);
  expect(liveLog("r1", "a")?.whole).toBe(false);
  addLogChunks([chunk(1, "stdout", "again\n")]);
  expect(liveLog("r1", "a")).toMatchObject({ whole: true, chunks: [{ text: "again\n" }] });
});

it("finds the traceback behind what was printed", () => {
  const trace = 'Traceback (most recent call last):\n  File "script.py", line 2\nValueError: no\n';
  expect(joinLog([{ stream: "stderr", text: "hm\n" }], `hm\n${trace}`)).toEqual([
    { stream: "stderr", text: "hm\n" },
    { stream: "trace", text: trace },
  ]);
  expect(joinLog([], `hm\n${trace}`)).toEqual([
    { stream: "stdout", text: "hm\n" },
    { stream: "trace", text: trace },
  ]);
});
