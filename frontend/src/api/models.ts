import { queryOptions } from "@tanstack/react-query";
import { api, AS_TEXT, exactAnswerOf } from "./client";
import type { components } from "./schema.gen";

export type ModelFacts = components["schemas"]["ModelFacts"];
export type Tree = components["schemas"]["Tree"];
export type TreeNode = components["schemas"]["TreeNode"];

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
