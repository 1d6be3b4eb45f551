import { useMemo } from "react";
import { useCatalog } from "../store/catalog";
import type { EditorState } from "../store/state";
import { shownGraph, useEditor } from "../store/store";

/** Groups that an empty canvas begins with. */
const AT_FIRST = ["Data Input and Output", "Data Transformation", "Python Language Modules"];

/** A text, so that the palette is drawn anew only if it is another one, and not with each typed key. */
const modulesOf = (state: EditorState): string =>
  [...new Set(shownGraph(state).nodes.map(({ module }) => module))].sort().join(" ");

/** The palette groups of which the experiment has a module; of an empty one those that work begins with. */
export function useUsedCategories(): ReadonlySet<string> {
  const catalog = useCatalog();
  const modules = useEditor(modulesOf);
  return useMemo(() => {
    const used = modules.split(" ").map((slug) => catalog.module(slug)?.category);
    return new Set([...AT_FIRST, ...used.filter((category) => category !== undefined)]);
  }, [catalog, modules]);
}
