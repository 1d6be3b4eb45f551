import { useMemo } from "react";
import { useLoadedCatalog, type LibraryCatalog } from "../../editor/store/catalog";
import { definitionsOf, withOwn } from "../../graph/own/definition";
import type { Marked } from "../../graph/types";

const NONE: Marked = { nodes: [], wires: [] };

/** The modules of this server, and the own ones of two versions; of one key, the newer. */
export function useCatalogOf(before: Marked | undefined, after: Marked | undefined): LibraryCatalog {
  const catalog = useLoadedCatalog();
  return useMemo(
    () => withOwn(catalog, { ...definitionsOf(before ?? NONE), ...definitionsOf(after ?? NONE) }),
    [catalog, before, after],
  );
}
