import { queryOptions } from "@tanstack/react-query";
import { answerOf, api, AS_TEXT, exactAnswerOf } from "./client";
import type { components } from "./schema.gen";

export type ModelFacts = components["schemas"]["ModelFacts"];
export type Tree = components["schemas"]["Tree"];
export type TreeNode = components["schemas"]["TreeNode"];
export type Clusters = components["schemas"]["Clusters"];
export type Curve = components["schemas"]["Curve"];
export type ModelInput = components["schemas"]["ModelInput"];
export type ModelInputs = components["schemas"]["ModelInputs"];
export type Tried = components["schemas"]["Tried"];
export type ModelExport = components["schemas"]["ModelExport"];
export type ModelDifference = components["schemas"]["ModelDifference"];
export type TrainedAgain = components["schemas"]["TrainedAgain"];
export type ModelFormat = "skops" | "onnx";
export type Row = components["schemas"]["TryAsked"]["row"];

const FOREVER = { staleTime: Infinity };

/** What a model has learned. */
export const modelQuery = (id: string) =>
  queryOptions({
    queryKey: ["artifact", id, "model"],
    queryFn: ({ signal }) =>
      exactAnswerOf<ModelFacts>(
        api.GET("/api/v1/artifacts/{id}/model", { params: { path: { id } }, signal, ...AS_TEXT }),
      ),
    ...FOREVER,
  });

/** The first levels of one of its trees. */
export const treeQuery = (id: string, n: number, levels: number) =>
  queryOptions({
    queryKey: ["artifact", id, "model", "tree", n, levels],
    queryFn: ({ signal }) =>
      exactAnswerOf<Tree>(
        api.GET("/api/v1/artifacts/{id}/model/trees/{n}", {
          params: { path: { id, n }, query: { levels } },
          signal,
          ...AS_TEXT,
        }),
      ),
    ...FOREVER,
  });

/** Its clusters on the plane. */
export const clustersQuery = (id: string) =>
  queryOptions({
    queryKey: ["artifact", id, "model", "clusters"],
    queryFn: ({ signal }) =>
      exactAnswerOf<Clusters>(
        api.GET("/api/v1/artifacts/{id}/model/clusters", { params: { path: { id } }, signal, ...AS_TEXT }),
      ),
    ...FOREVER,
  });

/** What a row for it has. */
export const inputsQuery = (id: string) =>
  queryOptions({
    queryKey: ["artifact", id, "model", "inputs"],
    queryFn: ({ signal }) =>
      exactAnswerOf<ModelInputs>(
        api.GET("/api/v1/artifacts/{id}/model/inputs", { params: { path: { id } }, signal, ...AS_TEXT }),
      ),
    ...FOREVER,
  });

/** A model as a file for other tools, once the file has scored its training rows as the model does. */
export const exportQuery = (id: string, format: ModelFormat) =>
  queryOptions({
    queryKey: ["artifact", id, "model", "export", format],
    queryFn: ({ signal }) =>
      exactAnswerOf<ModelExport>(
        api.GET("/api/v1/artifacts/{id}/model/export", {
          params: { path: { id }, query: { format } },
          signal,
          ...AS_TEXT,
        }),
      ),
    retry: false,
    ...FOREVER,
  });

/** Starts a run that trains it once more, on the same data. */
export const trainAgain = (id: string): Promise<TrainedAgain> =>
  answerOf(api.POST("/api/v1/artifacts/{id}/model/again", { params: { path: { id } } }));

/** How far the scores of another model are from its own. */
export const differenceQuery = (id: string, other: string) =>
  queryOptions({
    queryKey: ["artifact", id, "model", "difference", other],
    queryFn: ({ signal }) =>
      exactAnswerOf<ModelDifference>(
        api.GET("/api/v1/artifacts/{id}/model/difference", {
          params: { path: { id }, query: { other } },
          signal,
          ...AS_TEXT,
        }),
      ),
    retry: false,
    ...FOREVER,
  });

/** What it says of one row, and which features moved it. */
export const tryModel = (id: string, row: Row): Promise<Tried> =>
  exactAnswerOf<Tried>(
    api.POST("/api/v1/artifacts/{id}/model/try", {
      params: { path: { id } },
      body: { row },
      ...AS_TEXT,
    }),
  );
