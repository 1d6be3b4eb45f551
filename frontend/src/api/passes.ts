import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "./client";
import type { components } from "./schema.gen";

export type Pass = components["schemas"]["PassOut"];

/** A token that opens this artifact alone; the server gives the same pass each time, and makes it last. */
export const passQuery = (artifact: string, what: string) =>
  queryOptions({
    queryKey: ["pass", artifact],
    queryFn: () =>
      answerOf(
        api.POST("/api/v1/artifacts/{id}/pass", { params: { path: { id: artifact } }, body: { what } }),
      ),
    staleTime: Infinity,
    gcTime: 0,
  });

/** What others may read, the newest first. */
export const passesQuery = () =>
  queryOptions({
    queryKey: ["passes"],
    queryFn: ({ signal }) =>
      answerOf(api.GET("/api/v1/passes", { params: { query: { limit: 1000 } }, signal })),
    staleTime: 0,
  });

/** From now on its token opens nothing. */
export const takeBack = (id: string) =>
  answerOf(api.DELETE("/api/v1/passes/{id}", { params: { path: { id } } }));
