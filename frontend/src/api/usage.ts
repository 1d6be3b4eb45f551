import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "./client";
import type { components } from "./schema.gen";

type Server = components["schemas"];
export type Usage = Server["Usage"];
export type CleanedUp = Server["CleanedUp"];

/** What takes the space, in bytes, the largest first. */
export const usageQuery = () =>
  queryOptions({
    queryKey: ["usage"],
    queryFn: ({ signal }) => answerOf(api.GET("/api/v1/usage", { signal })),
    staleTime: 0,
  });

const TICK_MS = 1000;

/** How the last clean-up stands; asked again while it goes on. */
export const cleanUpQuery = () =>
  queryOptions({
    queryKey: ["clean-up"],
    queryFn: ({ signal }) => answerOf(api.GET("/api/v1/usage/clean-up", { signal })),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.state === "running" ? TICK_MS : false),
  });

/** Drops what nothing holds, in the background where it takes long; a dry run only says what would go. */
export const cleanUp = (dryRun: boolean) =>
  answerOf(api.POST("/api/v1/usage/clean-up", { body: { dry_run: dryRun } }));
