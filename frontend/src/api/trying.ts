/** Trying a node on a few rows: no run comes of it, and nothing is kept. */

import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "./client";

interface Tried {
  experiment: string;
  node: string;
  /** What the server has of the experiment. */
  revision: number;
  params: Record<string, unknown>;
  rows: number;
}

/** What the node leaves on the first rows of what is above it, with these params. No run comes of it. */
export const tryQuery = ({ experiment, node, revision, params, rows }: Tried) =>
  queryOptions({
    queryKey: ["try", experiment, node, revision, rows, params],
    staleTime: Infinity,
    gcTime: 60_000,
    retry: false,
    queryFn: ({ signal }) =>
      answerOf(
        api.POST("/api/v1/experiments/{id}/nodes/{node}/sample", {
          params: { path: { id: experiment, node } },
          body: { rows, params, random: false, seed: 0 },
          signal,
        }),
      ),
  });

export interface TryWish {
  rows: number;
  random: boolean;
  /** In place of the node's own. */
  params: Record<string, unknown>;
}

export const tryNode = (id: string, node: string, wish: TryWish) =>
  answerOf(
    api.POST("/api/v1/experiments/{id}/nodes/{node}/sample", {
      params: { path: { id, node } },
      body: { ...wish, seed: 0 },
    }),
  );
