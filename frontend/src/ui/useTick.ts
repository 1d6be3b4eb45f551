import { useEffect, useState } from "react";

const EVERY_MS = 30_000;

/** Draws again now and then, so that "just now" becomes "a minute ago". */
export function useTick(): void {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = window.setInterval(() => tick((n) => n + 1), EVERY_MS);
    return () => window.clearInterval(timer);
  }, []);
}
