import { queryOptions } from "@tanstack/react-query";
import { apiUrl, request } from "./client";
import type { Dataset, Page } from "./types";

const MOST = 200;

export const datasetsQuery = ({ limit = MOST, offset = 0 }: { limit?: number; offset?: number } = {}) =>
  queryOptions({
    queryKey: ["datasets", { limit, offset }],
    queryFn: ({ signal }) => request<Page<Dataset>>("GET", "/datasets", { query: { limit, offset }, signal }),
    // Imports move on by themselves; look again until none is left.
    refetchInterval: ({ state }) =>
      state.data?.items.some((dataset) => dataset.state === "importing") ? 1000 : false,
  });

export const datasetQuery = (id: string) =>
  queryOptions({
    queryKey: ["dataset", id],
    queryFn: ({ signal }) => request<Dataset>("GET", `/datasets/${id}`, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === "importing" ? 1000 : false),
  });

export const changeDataset = (id: string, change: { name?: string; description?: string }) =>
  request<Dataset>("PATCH", `/datasets/${id}`, { body: change });

export const deleteDataset = (id: string) => request<undefined>("DELETE", `/datasets/${id}`);

export const datasetDownloadUrl = (id: string) => apiUrl(`/datasets/${id}/download`);
