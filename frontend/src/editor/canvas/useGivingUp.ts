import { useStoreApi } from "@xyflow/react";
import { useEffect, type RefObject } from "react";
import { isTyping } from "../commands/keys";
import { endBand } from "./band";
import { giveUp, hold, isDragging, isLost, letGo, stopClick } from "./givingUp";
import { considerNothing } from "./splicing";

/** Escape, a pointer that is lost and a window that is left end what is dragged on the canvas. */
export function useGivingUp(frame: RefObject<HTMLElement | null>): void {
  const store = useStoreApi();
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const stopBand = () => {
      const { userSelectionRect, userSelectionActive } = store.getState();
      endBand();
      if (!userSelectionRect) return false;
      store.setState({ userSelectionActive: false, userSelectionRect: null, nodesSelectionActive: false });
      // The click that ends a band would be missed, and the next one taken for it.
      if (userSelectionActive) element.querySelector<HTMLElement>(".react-flow__pane")?.click();
      return true;
    };
    const stop = () => {
      considerNothing();
      giveUp(stopBand);
    };
    const ended = new AbortController();
    const { signal } = ended;
    const early = { signal, capture: true };
    element.addEventListener("pointerdown", hold, early);
    window.addEventListener("pointerup", letGo, early);
    window.addEventListener("pointercancel", stop, early);
    window.addEventListener("blur", stop, { signal });
    document.addEventListener("visibilitychange", () => document.hidden && stop(), { signal });
    window.addEventListener("pointermove", (event) => isLost(event) && stop(), early);
    window.addEventListener(
      "keydown",
      (event) => {
        if (event.key !== "Escape" || !isDragging()) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        stop();
      },
      early,
    );
    // A drag of the browser's own would swallow the end of ours.
    element.addEventListener(
      "dragstart",
      (event) => !isTyping(event.target) && event.preventDefault(),
      early,
    );
    window.addEventListener("click", stopClick, early);
    window.addEventListener("dragend", considerNothing, { signal });
    return () => ended.abort();
  }, [frame, store]);
}
