/** The modules and datasets of this server, as the graph's rules want them. */

import { useQuery } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { datasetsQuery } from "../../api/datasets";
import { modulesQuery } from "../../api/modules";
import type { Dataset, ModuleSpec } from "../../api/types";
import { queries } from "../../api/queryClient";
import { referenceTo, type Placed } from "../../graph/reference";
import {
  definitionsOf,
  specOf,
  withOwn,
  type Definition,
  type Definitions,
} from "../../graph/own/definition";
import type { Catalog } from "../../graph/types";
import { currentShelf, useShelf, type Shelf } from "./shelf";
import type { EditorState } from "./state";
import { useEditor } from "./store";

export interface LibraryCatalog extends Catalog {
  modules: ModuleSpec[];
  /** Those that can be added: they do what they say. */
  offered: ModuleSpec[];
  datasets: Dataset[];
  /** What stands for a dataset in a graph. */
  reference(dataset: string): Placed;
}

const NO_MODULES: ModuleSpec[] = [];
const NO_DATASETS: Dataset[] = [];

let last: LibraryCatalog = build(NO_MODULES, NO_DATASETS);

function build(modules: ModuleSpec[], datasets: Dataset[]): LibraryCatalog {
  const bySlug = new Map(modules.map((module) => [module.slug, module]));
  const kinds = new Map<unknown, string>();
  for (const { name, version, kind, latest } of datasets) {
    kinds.set(`${name}@${version}`, kind);
    if (latest || !kinds.has(name)) kinds.set(name, kind);
  }
  return {
    modules,
    offered: modules.filter((module) => !module.not_yet),
    datasets,
    module: (slug) => bySlug.get(slug),
    // A server without such a module would have no datasets to show either.
    reference: (dataset) => referenceTo(modules, dataset) ?? { module: "" },
    datasetKind: (reference) => kinds.get(reference),
  };
}

function catalogOf(modules: ModuleSpec[] = NO_MODULES, datasets: Dataset[] = NO_DATASETS): LibraryCatalog {
  if (last.modules !== modules || last.datasets !== datasets) last = build(modules, datasets);
  return last;
}

/** A catalog without the library of datasets. */
export const moduleCatalog = (modules: ModuleSpec[]): LibraryCatalog => build(modules, NO_DATASETS);

let lastOwn: { base: LibraryCatalog; own: Definitions; shelf: Shelf; made: LibraryCatalog } | null = null;

/** With the own modules that the file on the screen carries, and those that the palette offers. */
function withOwnModules(base: LibraryCatalog, own: Definitions, shelf: Shelf): LibraryCatalog {
  if (lastOwn?.base !== base || lastOwn.own !== own || lastOwn.shelf !== shelf) {
    const offered = shelf.offered.map((key) => specOf(key, shelf.definitions[key] as Definition));
    const made = { ...base, offered: [...base.offered, ...offered] };
    lastOwn = { base, own, shelf, made: withOwn(made, { ...shelf.definitions, ...own }) };
  }
  return lastOwn.made;
}

const carried = (state: EditorState): Definitions => definitionsOf(state.viewedRun?.root ?? state.root);

/** Loads all of it; the editor does so once, and hands it down. */
export function useLoadedCatalog(): LibraryCatalog {
  const modules = useQuery(modulesQuery());
  const datasets = useQuery(datasetsQuery());
  const shelf = useShelf();
  const own = useEditor(carried);
  return withOwnModules(catalogOf(modules.data, datasets.data), own, shelf);
}

export const CatalogContext = createContext<LibraryCatalog>(last);

export const useCatalog = (): LibraryCatalog => useContext(CatalogContext);

/** For commands, which run outside of React: what the screen has loaded so far. */
export const currentCatalog = (): LibraryCatalog =>
  withOwnModules(
    catalogOf(
      queries.getQueryData(modulesQuery().queryKey)?.modules,
      queries.getQueryData(datasetsQuery().queryKey),
    ),
    carried(useEditor.getState()),
    currentShelf(),
  );
