/** What nodes print: the log as the server has it, then each chunk as the socket brings it. */

import type { LogEvent } from "./events";
import { Screen, type LogPart } from "../ui/terminal/screen";

export interface LiveLog {
  screen: Screen;
  /** True while no chunk up to `last` is missing. */
  whole: boolean;
  last: number;
  /** The latest chunks, for when the server's log comes later than they did. */
  recent: LogEvent[];
}

/** As `GET …/log/parts` answers. */
export interface StoredLog {
  seq: number;
  parts: LogPart[];
}

const RECENT = 300;

const logs = new Map<string, LiveLog>();
const listeners = new Map<string, Set<() => void>>();

const keyOf = (run: string, node: string): string => `${run}/${node}`;

export const liveLog = (run: string, node: string): LiveLog | undefined => logs.get(keyOf(run, node));

/** Takes in chunks. A first chunk starts anew: the node runs once more after its worker died. */
export function addLogChunks(events: readonly LogEvent[]): void {
  const touched = new Set<string>();
  for (const event of events) {
    const key = keyOf(event.run, event.node);
    const before = logs.get(key);
    const log = event.seq === 1 || !before ? newLog(event.seq) : before;
    if (event.seq <= log.last) continue;
    touched.add(key);
    logs.set(key, appended(log, event));
  }
  for (const key of touched) tell(key);
}

/** Takes the log as the server has it, and what came after it. */
export function adoptLog(run: string, node: string, { seq, parts }: StoredLog, ended: boolean): void {
  const before = liveLog(run, node);
  if (before?.whole && before.last >= seq && !ended) return;
  const screen = new Screen();
  for (const part of parts) screen.write(part);
  let log: LiveLog = { screen, whole: true, last: seq, recent: [] };
  for (const event of before?.recent ?? []) {
    if (event.seq > log.last) log = appended(log, event);
  }
  logs.set(keyOf(run, node), log);
  tell(keyOf(run, node));
}

const newLog = (first: number): LiveLog => ({
  screen: new Screen(),
  whole: first === 1,
  last: first - 1,
  recent: [],
});

function appended(log: LiveLog, event: LogEvent): LiveLog {
  log.screen.write(event);
  return {
    screen: log.screen,
    whole: log.whole && event.seq === log.last + 1,
    last: event.seq,
    recent: [...log.recent.slice(1 - RECENT), event],
  };
}

const tell = (key: string): void => listeners.get(key)?.forEach((each) => each());

export function onLogChange(run: string, node: string, listener: () => void): () => void {
  const key = keyOf(run, node);
  const known = listeners.get(key) ?? new Set();
  listeners.set(key, known.add(listener));
  return () => {
    known.delete(listener);
    if (known.size === 0) listeners.delete(key);
  };
}

/** Chunks cannot have come while the socket was away: what is kept may have a hole. */
export function doubtLogs(): void {
  for (const [key, log] of logs) {
    logs.set(key, { ...log, whole: false });
    tell(key);
  }
}

export const forgetLogs = (): void => logs.clear();
