import { queryOptions } from "@tanstack/react-query";
import { apiUrl, request } from "./client";
import { everyItem } from "./pages";
import type { Dataset, Page } from "./types";

/** Every version of every dataset, newest first. Imports move on by themselves: asked again until none is left. */
export const datasetsQuery = () =>
  queryOptions({
    queryKey: ["datasets"],
    queryFn: ({ signal }) =>
      everyItem((page) => request<Page<Dataset>>("GET", "/datasets", { query: page, signal })),
    refetchInterval: ({ state }) =>
      state.data?.some((dataset) => dataset.state === "importing") ? 1000 : false,
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
