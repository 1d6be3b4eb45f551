import { expect, it, vi } from "vitest";
import { followPointer } from "./followPointer";

const pointer = (type: string, x: number, buttons = 1) =>
  Object.assign(new MouseEvent(type, { clientX: x, buttons, bubbles: true }), {
    pointerId: 1,
    pointerType: "mouse",
  });

function dragging() {
  const element = document.createElement("div");
  document.body.append(element);
  element.setPointerCapture = vi.fn();
  const [move, undo] = [vi.fn(), vi.fn()];
  followPointer({ currentTarget: element, pointerId: 1 } as never, { move, undo });
  return { element, move, undo };
}

it("moves with the pointer until it goes up", () => {
  const { element, move, undo } = dragging();
  element.dispatchEvent(pointer("pointermove", 5));
  element.dispatchEvent(pointer("pointerup", 5, 0));
  element.dispatchEvent(pointer("pointermove", 9));
  expect([move.mock.calls.length, undo.mock.calls.length]).toEqual([1, 0]);
});

it.each([
  ["Escape", () => window.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }))],
  ["a window that is left", () => window.dispatchEvent(new Event("blur"))],
  ["a pointer that is lost", (element: HTMLElement) => element.dispatchEvent(pointer("pointercancel", 0))],
])("is taken back by %s, once", (_what, giveUp) => {
  const { element, move, undo } = dragging();
  giveUp(element);
  giveUp(element);
  element.dispatchEvent(pointer("pointermove", 9));
  expect([move.mock.calls.length, undo.mock.calls.length]).toEqual([0, 1]);
});

it("ends where the button is up already", () => {
  const { element, move } = dragging();
  element.dispatchEvent(pointer("pointermove", 5, 0));
  element.dispatchEvent(pointer("pointermove", 9));
  expect(move).not.toHaveBeenCalled();
});
