import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { attach, hearDialogue, speakOver } from "./dialogues";

let sent: { seq: number; command: string }[] = [];
const answer = (seq: number, success: boolean, body = {}) =>
  hearDialogue({
    type: "dialogue",
    dialogue: "d",
    message: { type: "response", request_seq: seq, command: "attach", success, message: "", body },
  });
const event = (name: "stopped") =>
  hearDialogue({ type: "dialogue", dialogue: "d", message: { type: "event", event: name, body: {} } });

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("window", { setTimeout, clearTimeout });
  sent = [];
  speakOver((text) => sent.push(JSON.parse(text) as { seq: number; command: string }) > 0);
});
afterEach(() => {
  speakOver(null);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a dialogue that is not open yet is asked for again until it is", async () => {
  const told: unknown[] = [];
  const heard: string[] = [];
  const stop = attach(
    "d",
    (name) => heard.push(name),
    (body) => told.push(body),
  );
  answer(sent[0]?.seq ?? 0, false);
  await vi.advanceTimersByTimeAsync(600);
  expect(sent).toHaveLength(2);
  answer(sent[1]?.seq ?? 0, true, { state: "paused" });
  event("stopped");
  await vi.advanceTimersByTimeAsync(5000);
  expect(told).toEqual([{ state: "paused" }]);
  expect(heard).toEqual(["stopped"]);
  expect(sent).toHaveLength(2);
  speakOver((text) => sent.push(JSON.parse(text) as { seq: number; command: string }) > 0);
  expect(sent).toHaveLength(3);
  stop();
  answer(sent[2]?.seq ?? 0, false);
  await vi.advanceTimersByTimeAsync(5000);
  event("stopped");
  expect(sent).toHaveLength(3);
  expect(heard).toHaveLength(1);
});
