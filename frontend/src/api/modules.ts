import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "./client";
import { everyItem } from "./pages";
import type { BrokenModule, ModuleSpec } from "./types";

/** Every module of this server, and those that it could not read. They change only with a new build. */
async function allModules(signal: AbortSignal): Promise<{ modules: ModuleSpec[]; broken: BrokenModule[] }> {
  let broken: BrokenModule[] = [];
  const modules = await everyItem(async (query) => {
    const page = await answerOf(api.GET("/api/v1/modules", { params: { query }, signal }));
    broken = page.broken;
    return page;
  });
  return { modules, broken };
}

const asked = () =>
  queryOptions({
    queryKey: ["modules"],
    queryFn: ({ signal }) => allModules(signal),
    staleTime: Infinity,
  });

export const modulesQuery = () => queryOptions({ ...asked(), select: ({ modules }) => modules });

/** A module that cannot be read is offered nowhere, and stops no other: here is why. */
export const brokenModulesQuery = () => queryOptions({ ...asked(), select: ({ broken }) => broken });
