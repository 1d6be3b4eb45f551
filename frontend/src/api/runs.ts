import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "./client";
import type { Page, Run, RunItem } from "./types";

/** A page of an experiment's runs, newest first. */
export const runsQuery = (experiment: string, page: { limit?: number; offset?: number } = {}) =>
  queryOptions({
    queryKey: ["runs", experiment, page],
    queryFn: ({ signal }) =>
      answerOf<Page<RunItem>>(
        api.GET("/api/v1/experiments/{id}/runs", {
          params: { path: { id: experiment }, query: { limit: 50, offset: 0, ...page } },
          signal,
        }),
      ),
  });

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ["run", id],
    queryFn: ({ signal }) =>
      answerOf<Run>(api.GET("/api/v1/runs/{id}", { params: { path: { id } }, signal })),
  });

/** Throws a 422 Problem whose `errors` are anchored to nodes when the graph cannot run. */
export const startRun = (
  experiment: string,
  { until, force = false }: { until?: string[]; force?: boolean } = {},
) =>
  answerOf<Run>(
    api.POST("/api/v1/experiments/{id}/runs", {
      params: { path: { id: experiment } },
      body: { force, ...(until && { until }) },
    }),
  );

export const cancelRun = (id: string) =>
  answerOf<Run>(api.POST("/api/v1/runs/{id}/cancel", { params: { path: { id } } }));

/** Everything a node printed so far. */
export const nodeLogQuery = (run: string, node: string) =>
  queryOptions({
    queryKey: ["log", run, node],
    queryFn: ({ signal }) =>
      answerOf<string | undefined>(
        api.GET("/api/v1/runs/{id}/nodes/{node}/log", {
          params: { path: { id: run, node } },
          parseAs: "text",
          signal,
        }),
      ).then((text) => text ?? ""), // an empty body is no data
  });
