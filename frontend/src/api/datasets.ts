import { queryOptions } from "@tanstack/react-query";
import { answerOf, api, apiUrl } from "./client";
import { everyItem } from "./pages";
import type { Dataset } from "./types";

const LOOK_AGAIN_MS = 1000;

const importing = (datasets: readonly Dataset[] | undefined) =>
  datasets?.some(({ state }) => state === "importing") ? LOOK_AGAIN_MS : false;

/** The latest version of every dataset, newest first. Asked again until no import is left. */
export const datasetsQuery = () =>
  queryOptions({
    queryKey: ["datasets"],
    queryFn: ({ signal }) =>
      everyItem((query) => answerOf(api.GET("/api/v1/datasets", { params: { query }, signal }))),
    refetchInterval: ({ state }) => importing(state.data),
  });

/** Every version of the dataset of that name, newest first. */
export const datasetVersionsQuery = (name: string) =>
  queryOptions({
    queryKey: ["datasets", "versions", name],
    queryFn: ({ signal }) =>
      everyItem((page) =>
        answerOf(
          api.GET("/api/v1/datasets", { params: { query: { ...page, name, all_versions: true } }, signal }),
        ),
      ),
    refetchInterval: ({ state }) => importing(state.data),
  });

/** Columns of a dataset that are asked for: a table may have 150,000. */
const TOLD = 1000;

/** How many columns it has, also those that are not told. */
export const widthOf = (dataset: Pick<Dataset, "columns" | "column_count">) =>
  dataset.column_count ?? dataset.columns?.length ?? 0;

export const datasetQuery = (id: string) =>
  queryOptions({
    queryKey: ["dataset", id],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET("/api/v1/datasets/{id}", { params: { path: { id }, query: { columns: TOLD } }, signal }),
      ),
    refetchInterval: ({ state }) => importing(state.data && [state.data]),
  });

/** A new name is given to every version. */
export const changeDataset = (id: string, change: { name?: string; description?: string }) =>
  answerOf(api.PATCH("/api/v1/datasets/{id}", { params: { path: { id } }, body: change }));

export const deleteDataset = (id: string) =>
  answerOf(api.DELETE("/api/v1/datasets/{id}", { params: { path: { id } } }));

/** Adds a version with what this one holds. */
export const restoreDataset = (id: string) =>
  answerOf(api.POST("/api/v1/datasets/{id}/restore", { params: { path: { id } } }));

/** Adds a version of a zip with other text in these of its files. */
export const changeFiles = (id: string, files: Readonly<Record<string, string>>) =>
  answerOf(api.POST("/api/v1/datasets/{id}/files", { params: { path: { id } }, body: { files } }));

export interface DatasetUse {
  id: string;
  name: string;
  /** It names this very version. */
  pinned: boolean;
}

/** The experiments that use a dataset. */
export const usesQuery = (id: string) =>
  queryOptions({
    queryKey: ["dataset", id, "uses"],
    queryFn: ({ signal }) =>
      answerOf(api.GET("/api/v1/datasets/{id}/uses", { params: { path: { id } }, signal })),
  });

/** The datasets that were saved from outputs that stand on a dataset. */
export const madeQuery = (id: string) =>
  queryOptions({
    queryKey: ["datasets", "made", id],
    queryFn: ({ signal }) =>
      answerOf(api.GET("/api/v1/datasets/{id}/made", { params: { path: { id } }, signal })),
  });

export const datasetDownloadUrl = (id: string) => apiUrl(`/datasets/${id}/download`);

/** Why an import failed, as one sentence. */
export const importError = ({ error }: Pick<Dataset, "error">): string =>
  error?.message || "The file could not be read.";
