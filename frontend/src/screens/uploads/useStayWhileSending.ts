import { useEffect } from "react";
import { useUploads } from "./store";

/** Closing the tab would cut off what is being sent; the browser asks first. */
export function useStayWhileSending() {
  const sending = useUploads(({ items }) =>
    items.some(({ state }) => state === "waiting" || state === "sending"),
  );
  useEffect(() => {
    if (!sending) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [sending]);
}
