import type { PointerEvent as ReactPointerEvent } from "react";

interface Drag {
  move(event: PointerEvent): void;
  /** Escape, a pointer that is lost, a window that is left: as if nothing had been dragged. */
  undo(): void;
}

/** Follows a pointer that went down on an element until it goes up, or the drag is given up. */
export function followPointer({ currentTarget, pointerId }: ReactPointerEvent, { move, undo }: Drag): void {
  const element = currentTarget as HTMLElement;
  const ended = new AbortController();
  const { signal } = ended;
  const giveUp = () => {
    if (signal.aborted) return;
    ended.abort();
    undo();
  };
  const isMine = (event: PointerEvent) => event.pointerId === pointerId;
  element.setPointerCapture(pointerId);
  element.addEventListener(
    "pointermove",
    (event) => {
      if (!isMine(event)) return;
      // It went up where nobody heard of it.
      if (event.pointerType === "mouse" && event.buttons === 0) ended.abort();
      else move(event);
    },
    { signal },
  );
  element.addEventListener("pointerup", (event) => isMine(event) && ended.abort(), { signal });
  element.addEventListener("pointercancel", giveUp, { signal });
  window.addEventListener("blur", giveUp, { signal });
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      giveUp();
    },
    { signal, capture: true },
  );
}
