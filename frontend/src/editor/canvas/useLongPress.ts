import { useEffect, type RefObject } from "react";

const LONG_MS = 550;
/** Pixels a finger may slip. */
const SLIP = 10;

/** A finger held still asks for the context menu, also where the browser itself does not think so. */
export function useLongPress(frame: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let began: Touch | null = null;
    let asked = false;

    const forget = () => {
      clearTimeout(timer);
      began = null;
    };
    const onStart = (event: TouchEvent) => {
      forget();
      asked = false;
      const [touch] = event.touches;
      if (!touch || event.touches.length > 1) return;
      began = touch;
      timer = setTimeout(() => {
        asked = true;
        const { clientX, clientY } = touch;
        touch.target.dispatchEvent(
          new MouseEvent("contextmenu", { bubbles: true, cancelable: true, clientX, clientY }),
        );
      }, LONG_MS);
    };
    const onMove = (event: TouchEvent) => {
      const [touch] = event.touches;
      if (!began || !touch || event.touches.length > 1) return forget();
      if (Math.hypot(touch.clientX - began.clientX, touch.clientY - began.clientY) > SLIP) forget();
    };
    const onEnd = (event: TouchEvent) => {
      forget();
      // No click follows: it would close the menu.
      if (asked) event.preventDefault();
    };
    // The browser's own long press came first.
    const onMenu = (event: MouseEvent) => event.isTrusted && forget();

    element.addEventListener("touchstart", onStart, { capture: true, passive: true });
    element.addEventListener("touchmove", onMove, { capture: true, passive: true });
    element.addEventListener("touchend", onEnd, { capture: true, passive: false });
    element.addEventListener("touchcancel", forget, true);
    element.addEventListener("contextmenu", onMenu, true);
    return () => {
      forget();
      element.removeEventListener("touchstart", onStart, true);
      element.removeEventListener("touchmove", onMove, true);
      element.removeEventListener("touchend", onEnd, true);
      element.removeEventListener("touchcancel", forget, true);
      element.removeEventListener("contextmenu", onMenu, true);
    };
  }, [frame]);
}
