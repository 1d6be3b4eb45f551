import { queryOptions } from "@tanstack/react-query";
import { api, AS_TEXT, exactAnswerOf } from "./client";
import type { components } from "./schema.gen";

export type Evaluation = components["schemas"]["Evaluation"];
export type TwoClasses = components["schemas"]["TwoClasses"];
export type ManyClasses = components["schemas"]["ManyClasses"];
export type Measured = components["schemas"]["Measured"];
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

/** The metrics of a scored dataset, or of a table as a model scores it. */
export const metricsQuery = (id: string, model?: string, label?: string) =>
  queryOptions({
    queryKey: ["artifact", id, "metrics", model ?? "", label ?? ""],
    queryFn: ({ signal }) =>
      exactAnswerOf<Measured>(
        api.GET("/api/v1/artifacts/{id}/metrics", {
          params: {
            path: { id },
            query: { ...(model === undefined ? {} : { model }), ...(label === undefined ? {} : { label }) },
          },
          signal,
          ...AS_TEXT,
        }),
      ),
    staleTime: Infinity,
  });
