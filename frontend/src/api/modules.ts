import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "./client";
import { everyItem } from "./pages";
import type { BrokenModule, ModuleSpec } from "./types";

/** Every module of this server, and those that it could not read. They change only with a new build. */
async function allModules(
  signal: AbortSignal,
  docs = false,
): Promise<{ modules: ModuleSpec[]; broken: BrokenModule[] }> {
  let broken: BrokenModule[] = [];
  const modules = await everyItem(async (asked) => {
    const query = { ...asked, docs };
    const page = await answerOf(api.GET("/api/v1/modules", { params: { query }, signal }));
    broken = page.broken;
    return page;
  });
  return { modules, broken };
}

const listed = () =>
  queryOptions({
    queryKey: ["modules"],
    queryFn: ({ signal }) => allModules(signal),
    staleTime: Infinity,
  });

export const modulesQuery = () => queryOptions({ ...listed(), select: ({ modules }) => modules });

/** A module that cannot be read is offered nowhere, and stops no other: here is why. */
export const brokenModulesQuery = () => queryOptions({ ...listed(), select: ({ broken }) => broken });

/** The help texts by slug. They are as long as all else that is said of modules: only a search asks for them. */
export const moduleDocsQuery = () =>
  queryOptions({
    queryKey: ["module-docs"],
    queryFn: async ({ signal }) => {
      const { modules } = await allModules(signal, true);
      return new Map(modules.map(({ slug, docs }) => [slug, docs]));
    },
    staleTime: Infinity,
  });

/** One module with its help text and the example of its help. */
export const moduleHelpQuery = (slug: string) =>
  queryOptions({
    queryKey: ["module-help", slug],
    queryFn: ({ signal }) =>
      answerOf(api.GET("/api/v1/modules/{slug}", { params: { path: { slug } }, signal })),
    staleTime: Infinity,
  });

/** How often people of this server wired one module to another, by `from to`. It changes slowly. */
export const usedPairsQuery = () =>
  queryOptions({
    queryKey: ["module-pairs"],
    queryFn: async ({ signal }): Promise<Readonly<Record<string, number>>> => {
      const { items } = await answerOf(api.GET("/api/v1/module-pairs", { signal }));
      return Object.fromEntries(items.map(({ source, target, uses }) => [`${source} ${target}`, uses]));
    },
    staleTime: 10 * 60_000,
  });

export interface LineAsked {
  params: Record<string, unknown>;
  /** By port that has a wire: its columns, or null if they are not known. */
  inputs: Record<string, { name: string; type: string }[] | null>;
}

/** The line of SQL or pandas that a module is with these params. */
export const lineQuery = (slug: string, asked: LineAsked) =>
  queryOptions({
    queryKey: ["line", slug, asked],
    staleTime: Infinity,
    gcTime: 60_000,
    queryFn: ({ signal }) =>
      answerOf(
        api.POST("/api/v1/modules/{slug}/line", {
          params: { path: { slug } },
          body: asked as never,
          signal,
        }),
      ),
  });
