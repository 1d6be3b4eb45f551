/** The first screen is drawn, and its data asked for, before anything else is loaded. */
const SETTLE_MS = 500;

/**
 * Loads code that will be wanted soon, a piece at a time, while the page has nothing else to do. What fails is loaded
 * when it is needed. Returns how to stop.
 */
export function loadAhead(pieces: readonly (() => Promise<unknown>)[]): () => void {
  let stopped = false;
  const next = (place: number) => {
    const piece = pieces[place];
    if (!piece || stopped) return;
    const after = () => next(place + 1);
    // Safari has no idle callbacks.
    const idle = window.requestIdleCallback ?? ((then: () => void) => setTimeout(then, 50));
    idle(() => stopped || void piece().then(after, after));
  };
  const waiting = setTimeout(() => next(0), SETTLE_MS);
  return () => {
    stopped = true;
    clearTimeout(waiting);
  };
}
