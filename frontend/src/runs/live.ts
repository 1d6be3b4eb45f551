/** The socket's events into the query cache: gathered, then applied once a frame, so one badge redraws. */

import { replaceEqualDeep, type QueryClient } from "@tanstack/react-query";
import { create } from "zustand";
import { runQuery, sinceQuery } from "../api/runs";
import type { Run, RunHead } from "../api/types";
import { onSignedIn } from "../api/session";
import { applyRunEvents, runIdOf } from "./applyRunEvent";
import { readEvent, type ExperimentEvent, type LogEvent, type NodeEvent, type RunEvent } from "./events";
import { latestRunQuery } from "./latest";
import { addLogChunks, doubtLogs, forgetLogs } from "./logs";
import { forgetTabs, noticeTabs } from "./presence";
import { hearDialogue, speakOver } from "./dialogues";
import { experimentSocketUrl, openSocket } from "./socket";

/** Whether news come by themselves; where not, a run under way is asked for again and again. */
export const useLive = create<{ live: boolean }>(() => ({ live: false }));

const SIGNED_OUT = 4401;
const NOT_FOUND = 4404;

/** A snapshot never replaces a newer one, whichever arrives last. */
export function newerRun(known: unknown, fresh: unknown): unknown {
  const [before, after] = [known as Partial<Run> | undefined, fresh as Partial<Run> | undefined];
  if (before?.seq !== undefined && after?.seq !== undefined && before.seq > after.seq) return before;
  return replaceEqualDeep(before, after);
}

/**
 * Takes note of a run that was just started here: no need to wait for the socket to say so. A short run may have told
 * its end before the answer came that it was started; then it is read anew.
 */
export function adoptRun(queries: QueryClient, run: Run): void {
  queries.setQueryDefaults(["run"], { structuralSharing: newerRun });
  queries.setQueryData(runQuery(run.id).queryKey, run);
  const known =
    run.experiment === null ? null : queries.getQueryData(latestRunQuery(run.experiment).queryKey);
  if (known?.id === run.id && known.seq > run.seq)
    void queries.invalidateQueries({ queryKey: runQuery(run.id).queryKey });
  noticeRun(queries, run);
}

function noticeRun(queries: QueryClient, head: RunHead): void {
  if (head.experiment === null) return;
  queries.setQueryData(latestRunQuery(head.experiment).queryKey, (known) =>
    !known || head.number > known.number || (head.id === known.id && head.seq >= known.seq) ? head : known,
  );
}

/** Versions of datasets came or went: what the library holds, and which results stand on the latest. */
function noticeDatasets(queries: QueryClient): void {
  void queries.invalidateQueries({ queryKey: ["datasets"] });
  void queries.invalidateQueries({ queryKey: sinceQuery("").queryKey.slice(0, 1) });
}

/** What is told of beside the runs. */
export interface Listener {
  /** The document has another revision. */
  onExperiment(event: ExperimentEvent): void;
  /** Versions of datasets came or went. */
  onDatasets(): void;
}

/** Listens until the function it returns is called. */
export function followExperiment(queries: QueryClient, id: string, listener: Listener): () => void {
  let pending: (RunEvent | NodeEvent)[] = [];
  let chunks: LogEvent[] = [];
  let frame: number | undefined;
  queries.setQueryDefaults(["run"], { structuralSharing: newerRun });

  const flush = () => {
    frame = undefined;
    const [events, logs] = [pending, chunks];
    [pending, chunks] = [[], []];
    applyEvents(queries, id, events);
    addLogChunks(logs);
  };
  // A timer, since hidden tabs have no frames.
  const soon = () => (frame ??= window.setTimeout(flush, document.hidden ? 250 : 16));

  const socket = openSocket({
    url: experimentSocketUrl(id),
    onOpen() {
      doubtLogs();
      useLive.setState({ live: true });
      speakOver((text) => socket.send(text));
      // What happened while nobody listened.
      void queries.invalidateQueries({ queryKey: ["run"], refetchType: "active" });
      void queries.invalidateQueries({ queryKey: ["runs", id] });
      void queries.invalidateQueries({ queryKey: ["proposals", id] });
      noticeDatasets(queries);
    },
    onAway() {
      speakOver(null);
      useLive.setState({ live: false });
      forgetTabs();
    },
    isFinal: (code) => code === SIGNED_OUT || code === NOT_FOUND,
    onMessage(text) {
      const event = readEvent(text);
      if (!event) return;
      if (event.type === "experiment") return listener.onExperiment(event);
      if (event.type === "presence") return noticeTabs(event);
      if (event.type === "proposal") return void queries.invalidateQueries({ queryKey: ["proposals", id] });
      if (event.type === "dialogue") return hearDialogue(event);
      if (event.type === "dataset") {
        listener.onDatasets();
        return noticeDatasets(queries);
      }
      if (event.type === "log") chunks.push(event);
      else pending.push(event);
      soon();
    },
  });
  const stopAwaiting = onSignedIn(() => socket.connect());
  return () => {
    window.clearTimeout(frame);
    stopAwaiting();
    socket.close();
    speakOver(null);
    forgetLogs();
    forgetTabs();
    useLive.setState({ live: false });
  };
}

const beingRead = new Set<string>();

/** Reads a run again after it has been read: what comes may be older than the news that were heard meanwhile. */
async function readOnceMore(queries: QueryClient, id: string): Promise<void> {
  if (beingRead.has(id)) return;
  beingRead.add(id);
  await queries.fetchQuery(runQuery(id)).catch(() => undefined);
  beingRead.delete(id);
  await queries.invalidateQueries({ queryKey: runQuery(id).queryKey });
}

/** Applies events to the runs that the cache holds; a run with a gap is read anew. */
export function applyEvents(
  queries: QueryClient,
  experiment: string,
  events: readonly (RunEvent | NodeEvent)[],
): void {
  const byRun = new Map<string, (RunEvent | NodeEvent)[]>();
  for (const event of events) {
    const known = byRun.get(runIdOf(event));
    if (known) known.push(event);
    else byRun.set(runIdOf(event), [event]);
    if (event.type === "run") {
      noticeRun(queries, event.run as RunHead);
      void queries.invalidateQueries({
        queryKey: ["runs", experiment],
        predicate: ({ queryKey }) => queryKey[2] !== "latest",
      });
    }
  }
  for (const [id, news] of byRun) {
    const { queryKey } = runQuery(id);
    const before = queries.getQueryData(queryKey);
    if (!before) {
      if (queries.getQueryState(queryKey)?.fetchStatus === "fetching") void readOnceMore(queries, id);
      continue;
    }
    const { run, missed } = applyRunEvents(before, news);
    if (run !== before) queries.setQueryData(queryKey, run);
    if (missed) void queries.invalidateQueries({ queryKey });
  }
}
