/** The modules and datasets of this server, as the graph's rules want them. */

import { useQuery } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { datasetsQuery } from "../../api/datasets";
import { modulesQuery } from "../../api/modules";
import type { Dataset, ModuleSpec } from "../../api/types";
import { queries } from "../../api/queryClient";
import { referenceTo, type Placed } from "../../graph/reference";
import type { Catalog } from "../../graph/types";

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

/** Loads both; the editor does so once, and hands them down. */
export function useLoadedCatalog(): LibraryCatalog {
  const modules = useQuery(modulesQuery());
  const datasets = useQuery(datasetsQuery());
  return catalogOf(modules.data, datasets.data);
}

export const CatalogContext = createContext<LibraryCatalog>(last);

export const useCatalog = (): LibraryCatalog => useContext(CatalogContext);

/** For commands, which run outside of React: what the screen has loaded so far. */
export const currentCatalog = (): LibraryCatalog =>
  catalogOf(
    queries.getQueryData(modulesQuery().queryKey)?.modules,
    queries.getQueryData(datasetsQuery().queryKey),
  );
