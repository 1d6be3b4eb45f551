import { expect, it } from "vitest";
import { elapsedMs } from "./useElapsed";

const started = "2026-11-29T08:00:00.100Z";

it("tells the time between start and end, or up to now", () => {
  expect(elapsedMs({ started: null, finished: null }, 0)).toBeNull();
  expect(elapsedMs({ started, finished: "2026-11-29T08:00:00.130Z" }, 0)).toBe(30);
  expect(elapsedMs({ started, finished: null }, Date.parse(started) + 7)).toBe(7);
  expect(elapsedMs({ started, finished: null }, Date.parse(started) - 7)).toBe(0);
});

it("tells what the parts took together where the child began before the node was claimed", () => {
  const timings = { queued: 0, running: 0.03, writing: 0.0114, total: 0.0414, committing: 0.2 };
  expect(elapsedMs({ started, finished: "2026-11-29T08:00:00.130Z", timings }, 0)).toBe(41);
});
