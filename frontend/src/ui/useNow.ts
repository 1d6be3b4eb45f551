import { useEffect, useState } from "react";

/** The time in milliseconds, moving on by the second while it is wanted. */
export function useNow(moving: boolean): number {
  const [now, set] = useState(() => Date.now());
  useEffect(() => {
    if (!moving) return;
    const timer = window.setInterval(() => set(Date.now()), 1000);
    return () => window.clearInterval(timer);
  }, [moving]);
  return now;
}
