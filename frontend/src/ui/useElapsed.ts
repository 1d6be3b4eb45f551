import { useEffect, useState } from "react";

interface Span {
  started: string | null;
  finished: string | null;
  timings?: Readonly<Record<string, number>> | null;
}

/** Milliseconds between start and end; ticks while there is no end. Null before the start. */
export function useElapsed(span: Span | null): number | null {
  const [now, tick] = useState(() => Date.now());
  const open = Boolean(span?.started) && !span?.finished;
  useEffect(() => {
    if (!open) return;
    const timer = window.setInterval(() => tick(Date.now()), 250);
    return () => window.clearInterval(timer);
  }, [open]);
  return span ? elapsedMs(span, now) : null;
}

/**
 * The same at a moment, in whole milliseconds. A node's child may begin while the node above is still recorded, which
 * is before the node's own start: then it took what its parts took together.
 */
export function elapsedMs({ started, finished, timings }: Span, now: number): number | null {
  if (!started) return null;
  const since = Date.parse(started);
  if (!finished) return Math.max(0, now - since);
  return Math.max(0, Date.parse(finished) - since, Math.round((timings?.["total"] ?? 0) * 1000));
}
