import { queryOptions } from "@tanstack/react-query";
import { request } from "./client";
import type { Status } from "./types";

export const statusQuery = () =>
  queryOptions({
    queryKey: ["status"],
    queryFn: ({ signal }) => request<Status>("GET", "/status", { signal }),
    staleTime: 60_000,
  });

export const signIn = (token: string) => request<undefined>("POST", "/session", { body: { token } });

export const signOut = () => request<undefined>("DELETE", "/session");
