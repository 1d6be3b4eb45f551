import type { TableFormat } from "./formats.gen";
import { queryOptions } from "@tanstack/react-query";
import { answerOf, api, apiUrl, AS_TEXT, exactAnswerOf } from "./client";
import type { Rows, RowsQuery, Summary } from "./types";

/** Artifacts never change: what was read once stays true. */
const FOREVER = { staleTime: Infinity };

export const artifactQuery = (id: string) =>
  queryOptions({
    queryKey: ["artifact", id],
    queryFn: ({ signal }) =>
      answerOf(api.GET("/api/v1/artifacts/{id}", { params: { path: { id } }, signal })),
    ...FOREVER,
  });

export const rowsQuery = (id: string, asked: RowsQuery) =>
  queryOptions({
    queryKey: ["artifact", id, "rows", asked],
    queryFn: ({ signal }) => {
      const { filter, sort, search, ...rest } = asked;
      const query = {
        ...rest,
        ...(sort && { sort: sort.column, descending: sort.descending }),
        ...(search && { search }),
        ...(filter?.length && { filter: JSON.stringify(filter) }),
      };
      return exactAnswerOf<Rows>(
        api.GET("/api/v1/artifacts/{id}/rows", { params: { path: { id }, query }, signal, ...AS_TEXT }),
      );
    },
    ...FOREVER,
  });

/** Which rows are meant: those that pass every filter and hold what is searched for. */
export type Passing = Pick<RowsQuery, "filter" | "search">;

/** Of some columns where a window is given, as wide tables want it; of the rows that pass. */
export const summaryQuery = (
  id: string,
  window?: { first_column: number; columns: number },
  { filter = [], search = "" }: Passing = {},
) =>
  queryOptions({
    queryKey: [
      "artifact",
      id,
      "summary",
      window ?? "all",
      ...(filter.length || search ? [filter, search] : []),
    ],
    queryFn: ({ signal }) => {
      const query = {
        ...window,
        ...(filter.length && { filter: JSON.stringify(filter) }),
        ...(search && { search }),
      };
      return exactAnswerOf<Summary>(
        api.GET("/api/v1/artifacts/{id}/summary", { params: { path: { id }, query }, signal, ...AS_TEXT }),
      );
    },
    ...FOREVER,
  });

export const artifactDownloadUrl = (id: string, format?: TableFormat | "skops" | "onnx") =>
  apiUrl(`/artifacts/${id}/download`, { format });

/** All files of a bundle; the artifact itself tells its first thousand. */
export const bundleEntriesQuery = (id: string) =>
  queryOptions({
    queryKey: ["artifact", id, "entries"],
    queryFn: ({ signal }) =>
      answerOf(api.GET("/api/v1/artifacts/{id}/entries", { params: { path: { id } }, signal })),
    ...FOREVER,
  });

/** A file of a bundle as text. */
export const bundleFileQuery = (id: string, name: string) =>
  queryOptions({
    queryKey: ["artifact", id, "file", name],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET("/api/v1/artifacts/{id}/files", { params: { path: { id }, query: { name } }, signal }),
      ),
    ...FOREVER,
  });

export const picturesUrl = (id: string) => apiUrl(`/artifacts/${id}/pictures.zip`);

export const pictureUrl = (id: string, index: number) => apiUrl(`/artifacts/${id}/pictures/${index}`);

/** A document of a report: HTML to be shown in a frame, or a PDF to be saved. */
export const documentUrl = (id: string, index: number) => apiUrl(`/artifacts/${id}/documents/${index}`);

export const thumbnailUrl = (id: string, index: number) =>
  apiUrl(`/artifacts/${id}/pictures/${index}/thumbnail`);

/** Where an output was left: several nodes, in several runs, may have left the same. */
export interface Origin {
  run: string;
  node: string;
}

/** Keeps an output as a dataset; its `origin` becomes the dataset's lineage. Of a table perhaps only some `rows`. */
export const saveAsDataset = (id: string, name: string, origin?: Origin, rows: Passing = {}) =>
  answerOf(
    api.POST("/api/v1/artifacts/{id}/save", {
      params: { path: { id } },
      body: {
        name,
        description: "",
        ...origin,
        filter: (rows.filter ?? []).map((rule) => ({ ...rule })),
        search: rows.search ?? "",
      },
    }),
  );
