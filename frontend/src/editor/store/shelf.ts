/** The own modules of the palette, as the graph's rules want them. */

import { useQuery } from "@tanstack/react-query";
import { ownModulesQuery, type OwnModule } from "../../api/ownModules";
import { queries } from "../../api/queryClient";
import type { Definitions } from "../../graph/own/definition";

export interface Shelf {
  modules: readonly OwnModule[];
  /** By the key that an experiment carries it under: the latest version of each, with what those need. */
  definitions: Definitions;
  /** Those that can be put on the canvas, in the order of their names. */
  offered: string[];
}

const NONE: Shelf = { modules: [], definitions: {}, offered: [] };

export const shelfKey = ({ slug, version }: Pick<OwnModule, "slug" | "version">): string =>
  `${slug}@${version}`;

let last = NONE;

function shelfOf(modules: readonly OwnModule[] = NONE.modules): Shelf {
  if (modules === last.modules || modules.length + last.modules.length === 0) return last;
  const definitions: Definitions = {};
  for (const one of modules) {
    Object.assign(definitions, one.needs, { [shelfKey(one)]: one.definition });
  }
  last = { modules, definitions, offered: modules.map(shelfKey) };
  return last;
}

export const useShelf = (): Shelf => shelfOf(useQuery(ownModulesQuery()).data);

/** For commands, which run outside of React. */
export const currentShelf = (): Shelf => shelfOf(queries.getQueryData(ownModulesQuery().queryKey));
