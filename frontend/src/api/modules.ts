import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "./client";
import { everyItem } from "./pages";
import type { ModuleSpec, Page } from "./types";

/** Every module of this server. They change only with a new build. */
export const modulesQuery = () =>
  queryOptions({
    queryKey: ["modules"],
    queryFn: ({ signal }) =>
      everyItem((query) =>
        answerOf<Page<ModuleSpec>>(api.GET("/api/v1/modules", { params: { query }, signal })),
      ),
    staleTime: Infinity,
  });
