/** How far back the speed looks. Shorter jumps about, longer hides a stall. */
const WINDOW_MS = 3000;

/** Bytes a second over the last three seconds: smooth enough to read, quick enough to show a stall. */
export function speedometer(now: () => number = () => performance.now()) {
  let samples: { at: number; sent: number }[] = [{ at: now(), sent: 0 }];
  return (sent: number): number => {
    const at = now();
    samples = [...samples.filter((sample) => at - sample.at <= WINDOW_MS), { at, sent }];
    const first = samples[0];
    if (!first || at - first.at < 200) return 0;
    return ((sent - first.sent) / (at - first.at)) * 1000;
  };
}
