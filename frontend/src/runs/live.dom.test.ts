import { QueryClient } from "@tanstack/react-query";
import { expect, it, vi } from "vitest";
import { runQuery } from "../api/runs";
import type { Run } from "../api/types";
import type { NodeEvent, RunEvent } from "./events";
import { adoptRun, applyEvents, newerRun } from "./live";
import { nodeWatch } from "./nodeWatch";
import { useShown } from "./shown";
import { adoptLog, addLogChunks, doubtLogs, liveLog } from "./logs";

const run = { id: "r1", experiment: "e1", number: 1, state: "queued", seq: 0, nodes: { a: { state: "queued" }, b: { state: "queued" } } } as unknown as Run; // prettier-ignore
const running = { type: "node", run: "r1", node: "a", seq: 1, state: "running" } as unknown as NodeEvent;

it("tells only the node that changed", () => {
  const queries = new QueryClient();
  adoptRun(queries, run);
  useShown.setState({ run: "r1" });
  const told: string[] = [];
  nodeWatch(queries).listen("a", () => told.push("a"));
  nodeWatch(queries).listen("b", () => told.push("b"));
  applyEvents(queries, "e1", [running]);
  expect(told).toEqual(["a"]);
  expect(nodeWatch(queries).entry("a")?.state).toBe("running");
});

it("tells many nodes a few at a time, each once, and another run's nodes when it is shown", () => {
  vi.useFakeTimers();
  const queries = new QueryClient();
  const many = (id: string, state: string) => ({ ...run, id, nodes: Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`n${n}`, { state }])) }) as unknown as Run; // prettier-ignore
  adoptRun(queries, many("r2", "finished"));
  adoptRun(queries, many("r3", "queued"));
  useShown.setState({ run: "r2" });
  const told: string[] = [];
  for (let n = 0; n < 100; n += 1) nodeWatch(queries).listen(`n${n}`, () => told.push(`n${n}`));
  useShown.setState({ run: "r3" });
  expect(told.length).toBeGreaterThan(0);
  expect(told.length).toBeLessThan(50);
  expect(nodeWatch(queries).entry("n99")?.state).toBe("finished");
  vi.advanceTimersByTime(500);
  expect(new Set(told).size).toBe(100);
  expect(told.length).toBe(100);
  expect(nodeWatch(queries).entry("n99")?.state).toBe("queued");
  vi.useRealTimers();
});

it("reads a run anew that had ended before the answer came that it was started", () => {
  const queries = new QueryClient();
  const head = { ...run, state: "finished", seq: 5 };
  applyEvents(queries, "e1", [{ type: "run", run: head } as unknown as RunEvent]);
  adoptRun(queries, run);
  expect(queries.getQueryState(runQuery("r1").queryKey)?.isInvalidated).toBe(true);
});

it("reads a run anew if it changed while it was being read", async () => {
  const queries = new QueryClient();
  const { queryKey } = runQuery("r1");
  const queryFn = () => new Promise<Run>((done) => setTimeout(() => done(run), 5));
  const reading = queries.fetchQuery({ queryKey, queryFn });
  applyEvents(queries, "e1", [running]);
  await reading;
  await vi.waitFor(() => expect(queries.getQueryState(queryKey)?.isInvalidated).toBe(true));
});

it("does not let a late snapshot undo events", () => {
  const queries = new QueryClient();
  adoptRun(queries, run);
  applyEvents(queries, "e1", [running]);
  const now = queries.getQueryData(runQuery("r1").queryKey);
  expect(newerRun(now, run)).toBe(now);
});

const chunk = (seq: number, stream: "stdout" | "stderr", text: string, skipped = 0) =>
  ({ type: "log", run: "r1", node: "a", seq, stream, text, skipped }) as const;

it("keeps what a node prints, and starts anew with a new attempt", () => {
  addLogChunks([chunk(1, "stdout", "one\n"), chunk(2, "stderr", "careful\n")]);
  expect(liveLog("r1", "a")).toMatchObject({ whole: true, last: 2 });
  expect(liveLog("r1", "a")?.screen.text).toBe("one\ncareful");
  addLogChunks([chunk(4, "stdout", "four\n")]);
  expect(liveLog("r1", "a")?.whole).toBe(false);
  addLogChunks([chunk(1, "stdout", "again\n")]);
  expect(liveLog("r1", "a")?.screen.text).toBe("again");
});

it("mends a hole with the server's log and the chunks that came after it", () => {
  addLogChunks([chunk(1, "stdout", "1\n"), chunk(3, "stdout", "3\n"), chunk(4, "stderr", "4\n")]);
  adoptLog("r1", "a", { seq: 3, parts: [{ stream: "stdout", text: "1\n2\n3\n", skipped: 0 }] }, false);
  expect(liveLog("r1", "a")).toMatchObject({ whole: true, last: 4 });
  expect(liveLog("r1", "a")?.screen.text).toBe("1\n2\n3\n4");
});

it("takes no older log while it has all, but the last one at the end", () => {
  const old = { seq: 1, parts: [{ stream: "stdout" as const, text: "1\n", skipped: 0 }] };
  adoptLog("r1", "a", old, false);
  expect(liveLog("r1", "a")?.last).toBe(4);
  doubtLogs();
  expect(liveLog("r1", "a")?.whole).toBe(false);
  adoptLog("r1", "a", { seq: 9, parts: [{ stream: "trace", text: "no\n", skipped: 7 }] }, true);
  expect(liveLog("r1", "a")?.screen.text).toBe("… 7 bytes left out …\nno");
});
