import { beforeEach, expect, it, vi } from "vitest";
import type { RunHead } from "../../api/types";
import { askToNotify, endText, notifyOfEnd, useNotify } from "./notify";

const shown: string[] = [];
const answers = { next: "granted" };
const permission = { now: "default" };
const fake = Object.assign(
  function (this: object, title: string) {
    shown.push(title);
  },
  { requestPermission: async () => (permission.now = answers.next) },
);
Object.defineProperty(fake, "permission", { get: () => permission.now });
const run = {
  id: "r1",
  number: 4,
  state: "failed",
  counts: { finished: 3, failed: 1, skipped: 2 },
} as unknown as RunHead;
const hide = (hidden: boolean) =>
  Object.defineProperty(document, "hidden", { value: hidden, configurable: true });

beforeEach(() => {
  shown.length = 0;
  permission.now = "default";
  vi.stubGlobal("Notification", fake);
  useNotify.setState({ wanted: null });
});

it("tells of the end only where that was asked for and the tab is hidden", async () => {
  hide(true);
  notifyOfEnd("Rank", run);
  expect(shown).toEqual([]);
  await askToNotify();
  hide(false);
  notifyOfEnd("Rank", run);
  expect(shown).toEqual([]);
  hide(true);
  notifyOfEnd("Rank", run);
  expect(shown).toEqual(["Rank: run 4 failed"]);
});

it("does not ask again after a no", async () => {
  answers.next = "denied";
  await askToNotify();
  expect(useNotify.getState().wanted).toBe(false);
});

it("says what became of the nodes", () => {
  expect(endText(run)).toBe("3 nodes finished, 1 node failed, 2 skipped");
});
