import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "./client";

export const statusQuery = () =>
  queryOptions({
    queryKey: ["status"],
    queryFn: ({ signal }) => answerOf(api.GET("/api/v1/status", { signal })),
    staleTime: 60_000,
    // Until the first worker reports, what can run is not known; and paused ones go on some time.
    refetchInterval: ({ state }) => (state.data?.workers === 0 || state.data?.held ? 3000 : false),
  });

export const signIn = (token: string) => answerOf(api.POST("/api/v1/session", { body: { token } }));

export const signOut = () => answerOf(api.DELETE("/api/v1/session"));
