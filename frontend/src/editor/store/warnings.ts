/** What will probably go wrong with the draft: asked of the server whenever the graph has changed and stands still. */

import { useEffect } from "react";
import { validateExperiment } from "../../api/experiments";
import { FORMAT, type Catalog, type Graph, type Warning } from "../../graph/types";
import { useCatalog } from "./catalog";
import { useEditor } from "./store";

const STANDS_STILL_MS = 500;
const NONE: readonly Warning[] = [];

/** Whether anything could be warned of: something learns from a table, and something takes a model. */
function canLeak(graph: Graph, catalog: Catalog): boolean {
  const modules = graph.nodes.map((node) => catalog.module(node.module));
  return (
    modules.some((module) => module?.fits) &&
    modules.some((module) => module?.inputs.some((input) => input.type === "model"))
  );
}

/** Keeps the warnings of the draft true. An answer that comes too late is not shown; without one there are none. */
export function useDraftWarnings(): void {
  const catalog = useCatalog();
  const nodes = useEditor((state) => state.draft.nodes);
  const wires = useEditor((state) => state.draft.wires);
  useEffect(() => {
    if (!canLeak({ nodes, wires }, catalog)) {
      useEditor.setState((state) => (state.warnings.length ? { warnings: NONE } : state));
      return;
    }
    const asked = new AbortController();
    const ask = async () => {
      const found = await validateExperiment({ format: FORMAT, name: "", nodes, wires }, asked.signal);
      const warnings = found.warnings.map((one) => ({
        ...one,
        node: one.node ?? "",
        isWarning: true as const,
      }));
      useEditor.setState((state) =>
        state.draft.nodes === nodes && state.draft.wires === wires ? { warnings } : state,
      );
    };
    const timer = setTimeout(() => void ask().catch(() => undefined), STANDS_STILL_MS);
    return () => {
      clearTimeout(timer);
      asked.abort();
    };
  }, [nodes, wires, catalog]);
}
