import { useMemo } from "react";
import { useCatalog } from "../store/catalog";
import { useShownGraph } from "../store/store";

/** Groups that an empty canvas begins with. */
const AT_FIRST = ["Data Input and Output", "Data Transformation", "Python Language Modules"];

/** The palette groups of which the experiment has a module; of an empty one those that work begins with. */
export function useUsedCategories(): ReadonlySet<string> {
  const catalog = useCatalog();
  const { nodes } = useShownGraph();
  const modules = [...new Set(nodes.map(({ module }) => module))].sort().join(" ");
  return useMemo(() => {
    const used = modules.split(" ").map((slug) => catalog.module(slug)?.category);
    return new Set([...AT_FIRST, ...used.filter((category) => category !== undefined)]);
  }, [catalog, modules]);
}
