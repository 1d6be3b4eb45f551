import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "./client";
import { everyItem } from "./pages";

/** Every module of this server. They change only with a new build. */
export const modulesQuery = () =>
  queryOptions({
    queryKey: ["modules"],
    queryFn: ({ signal }) =>
      everyItem((query) => answerOf(api.GET("/api/v1/modules", { params: { query }, signal }))),
    staleTime: Infinity,
  });
