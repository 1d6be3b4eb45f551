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

/** A module in a file that somebody brought. */
export type BroughtModule = Schemas["BroughtOut"];

/** The own modules among files of a package, by their names there; nothing is kept. */
export const readModules = (files: Record<string, string>): Promise<BroughtModule[]> =>
  answerOf(api.POST("/api/v1/module-packages/read", { body: { files } }));

/** Where a zip of it is, in its latest version. */
export const packageAddress = (slug: string): string =>
  `/api/v1/own-modules/${encodeURIComponent(slug)}/package`;

export const deleteOwnModule = (slug: string) =>
  answerOf(api.DELETE("/api/v1/own-modules/{slug}", { params: { path: { slug } } }));
