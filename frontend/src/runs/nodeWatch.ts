/** Tells each node's listeners when that node's entry in the shown run changes; 500 badges do not look at
 * every event. Where many change at once, as when a run begins, they are told a few at a time, so that no
 * frame is late. */

import type { QueryClient } from "@tanstack/react-query";
import { runQuery } from "../api/runs";
import type { NodeRun, Run } from "../api/types";
import { entryOf } from "./rolledUp";
import { shownRunId, useShown } from "./shown";

/** Nodes told in one go: their badges are drawn well within a frame. */
const AT_ONCE = 24;

/** Milliseconds between two goes: each is a pass of React over the whole canvas, so that one a frame is enough. */
const APART_MS = 16;

class NodeWatch {
  private readonly listeners = new Map<string, Set<() => void>>();
  /** What each node's listeners were told last. */
  private readonly told = new Map<string, NodeRun | undefined>();
  private readonly due = new Set<string>();
  private timer: number | undefined;
  private toldAt = -APART_MS;
  private seen: Run | undefined;
  private stop: (() => void) | undefined;

  constructor(private readonly queries: QueryClient) {}

  /** What the node's listeners know; the newest where nobody listens. */
  entry(node: string): NodeRun | undefined {
    if (!this.listeners.has(node)) this.told.set(node, entryOf(this.data, node));
    return this.told.get(node);
  }

  listen(node: string, tell: () => void): () => void {
    this.entry(node);
    const known = this.listeners.get(node) ?? new Set();
    this.listeners.set(node, known.add(tell));
    if (!this.stop) this.start();
    return () => {
      known.delete(tell);
      if (known.size > 0) return;
      this.listeners.delete(node);
      this.told.delete(node);
      if (this.listeners.size === 0) this.end();
    };
  }

  private get data(): Run | undefined {
    const run = shownRunId();
    return run === null ? undefined : this.queries.getQueryData(runQuery(run).queryKey);
  }

  private start(): void {
    const compare = () => this.compare();
    compare();
    const stops = [this.queries.getQueryCache().subscribe(compare), useShown.subscribe(compare)];
    this.stop = () => stops.forEach((stop) => stop());
  }

  private end(): void {
    this.stop?.();
    this.stop = undefined;
    window.clearTimeout(this.timer);
    this.timer = undefined;
    this.due.clear();
  }

  private compare(): void {
    const data = this.data;
    if (data === this.seen) return;
    this.seen = data;
    for (const node of this.listeners.keys()) {
      if (this.told.get(node) !== entryOf(data, node)) this.due.add(node);
    }
    if (this.due.size > 0 && this.timer === undefined) this.tellSoon();
  }

  /** By a timer, since hidden tabs have no frames. */
  private tellSoon(): void {
    const wait = this.toldAt + APART_MS - performance.now();
    if (wait > 0) this.timer = window.setTimeout(() => this.tellSome(), wait);
    else this.tellSome();
  }

  private tellSome(): void {
    this.timer = undefined;
    this.toldAt = performance.now();
    let left = AT_ONCE;
    for (const node of this.due) {
      if (left-- === 0) break;
      this.due.delete(node);
      this.told.set(node, entryOf(this.seen, node));
      this.listeners.get(node)?.forEach((tell) => tell());
    }
    if (this.due.size > 0) this.tellSoon();
  }
}

const watches = new WeakMap<QueryClient, NodeWatch>();

export function nodeWatch(queries: QueryClient): NodeWatch {
  let watch = watches.get(queries);
  if (!watch) watches.set(queries, (watch = new NodeWatch(queries)));
  return watch;
}
