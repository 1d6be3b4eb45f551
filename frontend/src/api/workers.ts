import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "./client";
import type { components } from "./schema.gen";

type Server = components["schemas"];
export type Workers = Server["Workers"];
export type WorkerUp = Server["WorkerOut"];
export type Order = Server["OrderIn"]["what"];

const TICK_MS = 2000;

/** The workers that are up, and what they do. */
export const workersQuery = () =>
  queryOptions({
    queryKey: ["workers"],
    queryFn: ({ signal }) => answerOf(api.GET("/api/v1/workers", { signal })),
    staleTime: 0,
    refetchInterval: TICK_MS,
  });

/** Tells one worker, or all where none is named, to pause, to drain or to go on. */
export const giveOrder = ({ what, worker = "" }: { what: Order; worker?: string }) =>
  answerOf(api.POST("/api/v1/workers/orders", { body: { what, worker, seconds: 600 } }));
