import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "./client";
import { everyItem } from "./pages";
import type { Schemas } from "./types";

export type Environment = Schemas["EnvironmentOut"];
export type EnvironmentItem = Schemas["EnvironmentItem"];

const EVERY_MS = 1000;

/** Base, then every environment of this person by name; asked again while one is being built. */
export const environmentsQuery = () =>
  queryOptions({
    queryKey: ["environments"],
    queryFn: ({ signal }) =>
      everyItem((query) => answerOf(api.GET("/api/v1/environments", { params: { query }, signal }))),
    refetchInterval: ({ state }) => state.data?.some((each) => each.state === "building") && EVERY_MS,
  });

export const environmentQuery = (id: string) =>
  queryOptions({
    queryKey: ["environment", id],
    queryFn: ({ signal }) =>
      answerOf(api.GET("/api/v1/environments/{id}", { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => state.data?.state === "building" && EVERY_MS,
  });

export const makeEnvironment = (name: string, requirements: string) =>
  answerOf(api.POST("/api/v1/environments", { body: { name, requirements } }));

export const changeEnvironment = (id: string, requirements: string) =>
  answerOf(api.PUT("/api/v1/environments/{id}", { params: { path: { id } }, body: { requirements } }));

export const buildEnvironment = (id: string) =>
  answerOf(api.POST("/api/v1/environments/{id}/build", { params: { path: { id } } }));

export const deleteEnvironment = (id: string) =>
  answerOf(api.DELETE("/api/v1/environments/{id}", { params: { path: { id } } }));
