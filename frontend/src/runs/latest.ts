import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/client";
import type { Page, RunHead } from "../api/types";

/** The newest run of an experiment; null where it never ran. Kept up to date by the socket. */
export const latestRunQuery = (experiment: string) =>
  queryOptions({
    queryKey: ["runs", experiment, "latest"],
    queryFn: async ({ signal }): Promise<RunHead | null> => {
      const page = await answerOf<Page<RunHead>>(
        api.GET("/api/v1/experiments/{id}/runs", {
          params: { path: { id: experiment }, query: { limit: 1, offset: 0 } },
          signal,
        }),
      );
      return page.items[0] ?? null;
    },
  });
