import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "./client";
import type { components } from "./schema.gen";

type Server = components["schemas"];
export type Usage = Server["Usage"];
export type ExperimentUsage = Server["ExperimentUsage"];
export type DatasetUsage = Server["DatasetUsage"];
export type CleanedUp = Server["CleanedUp"];

/** What takes the space, in bytes, the largest first. */
export const usageQuery = () =>
  queryOptions({
    queryKey: ["usage"],
    queryFn: ({ signal }) => answerOf<Usage>(api.GET("/api/v1/usage", { signal })),
    staleTime: 0,
  });

/** Drops what nothing holds; a dry run only says what would go. */
export const cleanUp = (dryRun: boolean) =>
  answerOf<CleanedUp>(api.POST("/api/v1/usage/clean-up", { body: { dry_run: dryRun } }));
