import { queryOptions } from "@tanstack/react-query";
import { apiUrl, request } from "./client";
import type { Artifact, Dataset, Rows, RowsQuery, Summary } from "./types";

/** Artifacts never change: what was read once stays true. */
const FOREVER = { staleTime: Infinity };

export const artifactQuery = (id: string) =>
  queryOptions({
    queryKey: ["artifact", id],
    queryFn: ({ signal }) => request<Artifact>("GET", `/artifacts/${id}`, { signal }),
    ...FOREVER,
  });

export const rowsQuery = (id: string, { offset, limit, sort, filter }: RowsQuery) =>
  queryOptions({
    queryKey: ["artifact", id, "rows", { offset, limit, sort, filter }],
    queryFn: ({ signal }) =>
      request<Rows>("GET", `/artifacts/${id}/rows`, {
        query: { offset, limit, sort, filter: filter?.length ? JSON.stringify(filter) : undefined },
        signal,
      }),
    ...FOREVER,
  });

export const summaryQuery = (id: string) =>
  queryOptions({
    queryKey: ["artifact", id, "summary"],
    queryFn: ({ signal }) => request<Summary>("GET", `/artifacts/${id}/summary`, { signal }),
    ...FOREVER,
  });

export type TableFormat = "csv" | "parquet" | "arrow" | "xlsx";

export const artifactDownloadUrl = (id: string, format?: TableFormat) =>
  apiUrl(`/artifacts/${id}/download`, { format });

export const pictureUrl = (id: string, index: number) => apiUrl(`/artifacts/${id}/pictures/${index}`);

export const saveAsDataset = (id: string, name: string) =>
  request<Dataset>("POST", `/artifacts/${id}/save`, { body: { name } });
