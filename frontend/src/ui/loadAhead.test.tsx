import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { loadAhead } from "./loadAhead";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it("loads one piece after the other, once the screen has settled, also where one fails", async () => {
  const told: string[] = [];
  const piece = (name: string) => async () => void told.push(name);
  const failing = async () => Promise.reject(new Error("offline"));
  loadAhead([piece("first"), failing, piece("last")]);
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(2000);
  expect(told).toEqual(["first", "last"]);
});

it("loads nothing for a screen that was left", async () => {
  const load = vi.fn(async () => undefined);
  loadAhead([load])();
  await vi.advanceTimersByTimeAsync(2000);
  expect(load).not.toHaveBeenCalled();
});
