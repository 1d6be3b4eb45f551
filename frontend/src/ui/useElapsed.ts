import { useEffect, useState } from "react";

interface Span {
  started: string | null;
  finished: string | null;
}

/** Milliseconds between start and end; ticks while there is no end. Null before the start. */
export function useElapsed(span: Span | null): number | null {
  const started = span?.started ? Date.parse(span.started) : null;
  const finished = span?.finished ? Date.parse(span.finished) : null;
  const [now, tick] = useState(() => Date.now());
  const open = started !== null && finished === null;
  useEffect(() => {
    if (!open) return;
    const timer = window.setInterval(() => tick(Date.now()), 250);
    return () => window.clearInterval(timer);
  }, [open]);
  if (started === null) return null;
  return Math.max(0, (finished ?? Math.max(now, started)) - started);
}
