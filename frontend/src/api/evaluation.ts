import { queryOptions } from "@tanstack/react-query";
import { api, AS_TEXT, exactAnswerOf } from "./client";
import type { components } from "./schema.gen";

export type Evaluation = components["schemas"]["Evaluation"];
export type TwoClasses = components["schemas"]["TwoClasses"];
export type ManyClasses = components["schemas"]["ManyClasses"];
export type NumberErrors = components["schemas"]["Numbers"];

/** How well a scored dataset is scored. Artifacts never change: what was read once stays true. */
export const evaluationQuery = (id: string, label?: string) =>
  queryOptions({
    queryKey: ["artifact", id, "evaluation", label ?? ""],
    queryFn: ({ signal }) =>
      exactAnswerOf<Evaluation>(
        api.GET("/api/v1/artifacts/{id}/evaluation", {
          params: { path: { id }, query: label === undefined ? {} : { label } },
          signal,
          ...AS_TEXT,
        }),
      ),
    staleTime: Infinity,
  });
