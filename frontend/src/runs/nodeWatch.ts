/** Tells each node's listeners when that node's entry changes; 500 badges do not look at every event. */

import type { QueryClient } from "@tanstack/react-query";
import { runQuery } from "../api/runs";
import type { NodeRun, Run } from "../api/types";

class NodeWatch {
  private readonly listeners = new Map<string, Set<() => void>>();
  private seen: Run | undefined;
  private stop: (() => void) | undefined;

  constructor(
    private readonly queries: QueryClient,
    private readonly run: string,
  ) {
    this.seen = this.data;
  }

  private get data(): Run | undefined {
    return this.queries.getQueryData(runQuery(this.run).queryKey);
  }

  entry(node: string): NodeRun | undefined {
    return this.seen?.nodes[node];
  }

  listen(node: string, tell: () => void): () => void {
    const known = this.listeners.get(node) ?? new Set();
    this.listeners.set(node, known.add(tell));
    if (!this.stop) this.start();
    return () => {
      known.delete(tell);
      if (known.size === 0) this.listeners.delete(node);
      if (this.listeners.size === 0) {
        this.stop?.();
        this.stop = undefined;
      }
    };
  }

  private start(): void {
    const hash = JSON.stringify(runQuery(this.run).queryKey);
    this.compare();
    this.stop = this.queries.getQueryCache().subscribe(({ query }) => {
      if (query.queryHash === hash) this.compare();
    });
  }

  private compare(): void {
    const [before, after] = [this.seen, this.data];
    if (before === after) return;
    this.seen = after;
    for (const [node, tells] of this.listeners) {
      if (before?.nodes[node] !== after?.nodes[node]) tells.forEach((tell) => tell());
    }
  }
}

const watches = new WeakMap<QueryClient, Map<string, NodeWatch>>();

export function nodeWatch(queries: QueryClient, run: string): NodeWatch {
  let ofClient = watches.get(queries);
  if (!ofClient) watches.set(queries, (ofClient = new Map()));
  let watch = ofClient.get(run);
  if (!watch) ofClient.set(run, (watch = new NodeWatch(queries, run)));
  return watch;
}
