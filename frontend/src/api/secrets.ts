import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "./client";
import { everyItem } from "./pages";
import type { Schemas } from "./types";

export type Secret = Schemas["SecretOut"];

/** Every secret of this person by name, without its value. */
export const secretsQuery = () =>
  queryOptions({
    queryKey: ["secrets"],
    queryFn: ({ signal }) =>
      everyItem((query) => answerOf(api.GET("/api/v1/secrets", { params: { query }, signal }))),
  });

export const makeSecret = (name: string, value: string) =>
  answerOf(api.POST("/api/v1/secrets", { body: { name, value } }));

export const replaceSecret = (id: string, value: string) =>
  answerOf(api.PUT("/api/v1/secrets/{id}", { params: { path: { id } }, body: { value } }));

export const deleteSecret = (id: string) =>
  answerOf(api.DELETE("/api/v1/secrets/{id}", { params: { path: { id } } }));
