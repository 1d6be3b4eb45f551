import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "./client";
import type { Schemas } from "./types";

export type Calls = Schemas["CallsOut"];
export type FailedCall = Schemas["FailedCallOut"];
export type Tried = Schemas["VersionTried"];
export type TrainedModel = Schemas["TrainedModel"];

/** Calls over time and what failed; asked anew while the page shows it. */
export const callsQuery = (id: string, hours: number) =>
  queryOptions({
    queryKey: ["service", id, "calls", hours],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET("/api/v1/services/{id}/calls", { params: { path: { id }, query: { hours } }, signal }),
      ),
    refetchInterval: 5000,
    staleTime: 0,
  });

export const recordedQuery = (id: string) =>
  queryOptions({
    queryKey: ["service", id, "recorded"],
    queryFn: ({ signal }) =>
      answerOf(api.GET("/api/v1/services/{id}/recorded", { params: { path: { id } }, signal })),
    refetchInterval: 5000,
    staleTime: 0,
  });

export const deleteRecorded = (id: string) =>
  answerOf(api.DELETE("/api/v1/services/{id}/recorded", { params: { path: { id } } }));

/** Sends the recorded calls to a version, and says whose answers change. */
export const tryVersion = (id: string, version: number) =>
  answerOf(api.POST("/api/v1/services/{id}/versions/{version}/try", { params: { path: { id, version } } }));

/** The models that a service scores with, and those that jobs have trained. */
export const modelsQuery = (id: string) =>
  queryOptions({
    queryKey: ["service", id, "models"],
    queryFn: ({ signal }) =>
      answerOf(api.GET("/api/v1/services/{id}/model", { params: { path: { id } }, signal })),
    staleTime: 0,
  });

/** A new version with that model in place of the old one; it answers after a switch. */
export const pointAt = (id: string, { job, output }: TrainedModel, name: string) =>
  answerOf(
    api.POST("/api/v1/services/{id}/model", {
      params: { path: { id } },
      body: { job, output, artifact: "", name },
    }),
  );
