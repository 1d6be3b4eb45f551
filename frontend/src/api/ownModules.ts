import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "./client";
import { everyItem } from "./pages";
import type { Schemas } from "./types";

export type OwnModule = Schemas["OwnModuleOut"];

/** The latest version of each of this person's own modules, by name. */
export const ownModulesQuery = () =>
  queryOptions({
    queryKey: ["own-modules"],
    queryFn: ({ signal }) =>
      everyItem((query) => answerOf(api.GET("/api/v1/own-modules", { params: { query }, signal }))),
  });

/** Keeps one: the next version of `slug`, or with null a new one. */
export const keepOwnModule = (definition: object, needs: object, slug: string | null): Promise<OwnModule> =>
  answerOf(
    api.POST("/api/v1/own-modules", {
      body: { definition: { ...definition }, needs: { ...needs }, ...(slug !== null && { slug }) },
    }),
  );

export const deleteOwnModule = (slug: string) =>
  answerOf(api.DELETE("/api/v1/own-modules/{slug}", { params: { path: { slug } } }));
