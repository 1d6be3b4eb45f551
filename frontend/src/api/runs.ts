import { queryOptions } from "@tanstack/react-query";
import { request, requestText } from "./client";
import type { Page, Run, RunItem } from "./types";

export const runsQuery = (
  experiment: string,
  { limit = 50, offset = 0 }: { limit?: number; offset?: number } = {},
) =>
  queryOptions({
    queryKey: ["runs", experiment, { limit, offset }],
    queryFn: ({ signal }) =>
      request<Page<RunItem>>("GET", `/experiments/${experiment}/runs`, { query: { limit, offset }, signal }),
  });

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ["run", id],
    queryFn: ({ signal }) => request<Run>("GET", `/runs/${id}`, { signal }),
  });

/** Throws a 422 Problem whose `errors` are anchored to nodes when the graph cannot run. */
export const startRun = (experiment: string, options: { until?: string[]; force?: boolean } = {}) =>
  request<Run>("POST", `/experiments/${experiment}/runs`, { body: options });

export const cancelRun = (id: string) => request<unknown>("POST", `/runs/${id}/cancel`);

export const nodeLogQuery = (run: string, node: string) =>
  queryOptions({
    queryKey: ["log", run, node],
    queryFn: ({ signal }) => requestText(`/runs/${run}/nodes/${node}/log`, { signal }),
  });
