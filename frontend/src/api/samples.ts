import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "./client";

/** The samples with their graphs, and this person's copies of them. */
export const samplesQuery = () =>
  queryOptions({
    queryKey: ["experiments", "samples"],
    queryFn: async ({ signal }) => (await answerOf(api.GET("/api/v1/samples", { signal }))).items,
  });

/** This person's copy of a sample: always the same one, unless a fresh one is asked for. */
export const openSample = (slug: string, fresh = false) =>
  answerOf(api.POST("/api/v1/samples/{slug}/open", { params: { path: { slug } }, body: { fresh } }));
