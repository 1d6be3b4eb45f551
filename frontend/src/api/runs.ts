import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "./client";
import type { RunState } from "./types";

const runsPage = (experiment: string, limit: number, offset: number, signal: AbortSignal) =>
  answerOf(
    api.GET("/api/v1/experiments/{id}/runs", {
      params: { path: { id: experiment }, query: { limit, offset } },
      signal,
    }),
  );

/** A page of an experiment's runs, newest first. */
export const runsQuery = (
  experiment: string,
  { limit = 50, offset = 0 }: { limit?: number; offset?: number } = {},
) =>
  queryOptions({
    queryKey: ["runs", experiment, { limit, offset }],
    queryFn: ({ signal }) => runsPage(experiment, limit, offset, signal),
  });

const PAGE = 50;
const UNDER_WAY: readonly RunState[] = ["queued", "running"];

/** All of an experiment's runs, a page at a time; looked at again while one is under way. */
export const runPagesQuery = (experiment: string) =>
  infiniteQueryOptions({
    queryKey: ["runs", experiment, "pages"],
    queryFn: ({ pageParam, signal }) => runsPage(experiment, PAGE, pageParam, signal),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const had = pages.reduce((sum, page) => sum + page.items.length, 0);
      return last.items.length > 0 && had < last.total ? had : undefined;
    },
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.items.some((run) => UNDER_WAY.includes(run.state)))
        ? 2000
        : false,
  });

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ["run", id],
    queryFn: ({ signal }) => answerOf(api.GET("/api/v1/runs/{id}", { params: { path: { id } }, signal })),
  });

/**
 * What the run's results stand on apart from the graph and is another now, or was in the run `until`: by node.
 * The socket says when to ask again.
 */
export const sinceQuery = (id: string, until?: string) =>
  queryOptions({
    queryKey: ["since", id, until ?? "now"],
    queryFn: async ({ signal }) =>
      (
        await answerOf(
          api.GET("/api/v1/runs/{id}/since", {
            params: { path: { id }, query: until === undefined ? {} : { until } },
            signal,
          }),
        )
      ).nodes,
    staleTime: until === undefined ? 0 : Infinity,
  });

/** What runs and waits, in all experiments; asked again often while there is any. */
export const underWayQuery = () =>
  queryOptions({
    queryKey: ["runs", "under-way"],
    queryFn: async ({ signal }) =>
      (await answerOf(api.GET("/api/v1/runs", { params: { query: { under_way: true, limit: 20 } }, signal })))
        .items,
    refetchInterval: ({ state }) => (state.data?.length ? 1500 : 8000),
  });

/** `until`: these nodes and what they need. `force`: nothing from the cache; `anew`: nothing for these nodes.
 *  `watch`: what each line of a script makes is kept. */
export interface RunWish {
  until?: string[];
  force?: boolean;
  anew?: string[];
  watch?: boolean;
  /** Runs up to this script, and lets somebody stop it. */
  debug?: {
    node: string;
    breakpoints: readonly { file: string; line: number; condition?: string }[];
    entry: boolean;
  };
}

/** Seconds each node took when it was last computed, as known when this run began. */
export const expectedQuery = (experiment: string, run: number) =>
  queryOptions({
    queryKey: ["expected", experiment, run],
    staleTime: Infinity,
    queryFn: async ({ signal }) =>
      (
        await answerOf(
          api.GET("/api/v1/experiments/{id}/expected", { params: { path: { id: experiment } }, signal }),
        )
      ).seconds,
  });

/** What a node last left on its ports by the time of this run, in whichever run that was. */
export const lastLeftQuery = (experiment: string, node: string, run: number) =>
  queryOptions({
    queryKey: ["left", experiment, node, run],
    staleTime: Infinity,
    queryFn: async ({ signal }) =>
      (
        await answerOf(
          api.GET("/api/v1/experiments/{id}/nodes/{node}/outputs", {
            params: { path: { id: experiment, node } },
            signal,
          }),
        )
      ).outputs,
  });

/** The report that a node has left in the latest run that made one; null if there is none yet. */
export const latestReportQuery = (experiment: string, node: string) =>
  queryOptions({
    queryKey: ["report", experiment, node],
    staleTime: 0,
    refetchOnWindowFocus: true,
    queryFn: async ({ signal }) => {
      const path = { id: experiment, node };
      const { outputs } = await answerOf(
        api.GET("/api/v1/experiments/{id}/nodes/{node}/outputs", { params: { path }, signal }),
      );
      return Object.values(outputs).find(({ documents }) => documents) ?? null;
    },
  });

/** A name keeps it as a version; an empty one makes it an ordinary run again. */
export const nameRun = (id: string, name: string) =>
  answerOf(api.PATCH("/api/v1/runs/{id}", { params: { path: { id } }, body: { name } }));

const debugWish = ({ node, breakpoints, entry }: NonNullable<RunWish["debug"]>) => ({
  node,
  entry,
  uncaught: true,
  breakpoints: breakpoints.map(({ file, line, condition = "" }) => ({ file, line, condition })),
});

/** Throws a 422 Problem whose `errors` are anchored to nodes when the graph cannot run. */
export const startRun = (
  experiment: string,
  { until, force = false, anew, watch = false, debug }: RunWish = {},
) =>
  answerOf(
    api.POST("/api/v1/experiments/{id}/runs", {
      params: { path: { id: experiment } },
      body: {
        force,
        watch,
        ...(until && { until }),
        ...(anew && { anew }),
        ...(debug && { debug: debugWish(debug) }),
      },
    }),
  );

/** Keeps what a node left; by port the dataset that the node can be pinned to. */
export const keepOutputs = async (run: string, node: string): Promise<Record<string, string>> =>
  (await answerOf(api.POST("/api/v1/runs/{id}/nodes/{node}/pin", { params: { path: { id: run, node } } })))
    .pinned;

export const cancelRun = (id: string) =>
  answerOf(api.POST("/api/v1/runs/{id}/cancel", { params: { path: { id } } }));

/** What each line of a node's script made in a run that has ended. */
export const linesQuery = (run: string, node: string) =>
  queryOptions({
    queryKey: ["lines", run, node],
    staleTime: Infinity,
    queryFn: async ({ signal }) =>
      (
        await answerOf(
          api.GET("/api/v1/runs/{id}/nodes/{node}/lines", { params: { path: { id: run, node } }, signal }),
        )
      ).lines,
  });

/** What a node printed, stdout and stderr apart: so far, or (`ended`) all of it with its traceback. */
export const nodeLogQuery = (run: string, node: string, ended: boolean) =>
  queryOptions({
    queryKey: ["log", run, node, ended],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET("/api/v1/runs/{id}/nodes/{node}/log/parts", { params: { path: { id: run, node } }, signal }),
      ),
  });

/** Opens a prompt on the inputs of a script; the name of the dialogue in which it is talked with. */
export const openConsole = async (experiment: string, node: string): Promise<string> =>
  (
    await answerOf(
      api.POST("/api/v1/experiments/{id}/nodes/{node}/console", {
        params: { path: { id: experiment, node } },
      }),
    )
  ).dialogue;
