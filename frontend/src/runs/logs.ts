/** What nodes print while they run: chunks as the socket brings them, a list a node run. */

import type { LogEvent } from "./events";

export interface LogChunk {
  stream: "stdout" | "stderr";
  text: string;
}

interface LiveLog {
  chunks: LogChunk[];
  /** True while no chunk since the first is missing. */
  whole: boolean;
  last: number;
  /** How many characters are kept. */
  size: number;
}

/** Characters kept of a node that never stops printing; all of it is in the log on the server. */
const LONGEST = 2_000_000;

const logs = new Map<string, LiveLog>();
const listeners = new Map<string, Set<() => void>>();

const keyOf = (run: string, node: string): string => `${run}/${node}`;

export const liveLog = (run: string, node: string): LiveLog | undefined => logs.get(keyOf(run, node));

/** Keeps a chunk. A first chunk starts anew: the node runs once more after its worker died. */
export function addLogChunks(events: readonly LogEvent[]): void {
  const touched = new Set<string>();
  for (const { run, node, seq, stream, text } of events) {
    const key = keyOf(run, node);
    const before = logs.get(key);
    const log = seq === 1 || !before ? { chunks: [], whole: seq === 1, last: seq - 1, size: 0 } : before;
    if (seq <= log.last) continue;
    touched.add(key);
    logs.set(key, appended(log, seq, { stream, text }));
  }
  for (const key of touched) listeners.get(key)?.forEach((tell) => tell());
}

function appended(log: LiveLog, seq: number, chunk: LogChunk): LiveLog {
  const last = log.chunks.at(-1);
  const chunks =
    last?.stream === chunk.stream && last.text.length < 50_000
      ? [...log.chunks.slice(0, -1), { ...last, text: last.text + chunk.text }]
      : [...log.chunks, chunk];
  let size = log.size + chunk.text.length;
  let whole = log.whole && seq === log.last + 1;
  while (size > LONGEST && chunks.length > 1) {
    size -= chunks.shift()?.text.length ?? 0;
    whole = false;
  }
  return { chunks, whole, last: seq, size };
}

export function onLogChange(run: string, node: string, tell: () => void): () => void {
  const key = keyOf(run, node);
  const known = listeners.get(key) ?? new Set();
  listeners.set(key, known.add(tell));
  return () => {
    known.delete(tell);
    if (known.size === 0) listeners.delete(key);
  };
}

/** Chunks cannot have come while the socket was away: what is kept may have a hole. */
export function doubtLogs(): void {
  for (const [key, log] of logs) logs.set(key, { ...log, whole: false });
}

export const forgetLogs = (): void => logs.clear();
