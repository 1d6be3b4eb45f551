import { queryOptions } from "@tanstack/react-query";
import { request } from "./client";
import type { ModuleSpec } from "./types";

export const modulesQuery = () =>
  queryOptions({
    queryKey: ["modules"],
    queryFn: ({ signal }) => request<ModuleSpec[]>("GET", "/modules", { signal }),
    staleTime: Infinity,
  });
