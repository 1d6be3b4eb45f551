import { useEffect } from "react";
import { useUploads } from "./store";

/** Closing the tab would cut off what is being sent, and lose what nobody has looked at; the browser asks first. */
export function useStayWhileSending() {
  const sending = useUploads(({ items }) =>
    items.some(({ state }) => state === "waiting" || state === "sending" || state === "review"),
  );
  useEffect(() => {
    if (!sending) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [sending]);
}
