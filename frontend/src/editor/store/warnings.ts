/**
 * What will probably go wrong with the draft, and which params its scripts declare: asked of the server whenever the
 * graph has changed and stands still.
 */

import { useEffect } from "react";
import { validateExperiment } from "../../api/experiments";
import { definitionsOf } from "../../graph/own/definition";
import { FORMAT, type Catalog, type Graph, type Warning } from "../../graph/types";
import { useCatalog } from "./catalog";
import type { Declared, Foretold } from "./state";
import { useEditor } from "./store";

const STANDS_STILL_MS = 400;
const NONE: readonly Warning[] = [];
const NOTHING: { declared: Declared; foretold: Foretold } = { declared: {}, foretold: {} };

/** Whether there is anything to ask: a script, something that learns and something that takes a model, or a module
 *  whose columns can be told before a run. */
function canAsk(graph: Graph, catalog: Catalog): boolean {
  const modules = graph.nodes.map((node) => catalog.module(node.module));
  return (
    modules.some((module) => module?.foretells || module?.params.some((param) => param.type === "code")) ||
    (modules.some((module) => module?.fits) &&
      modules.some((module) => module?.inputs.some((input) => input.type === "model")))
  );
}

/** A script that cannot be read for the moment declares what it declared before. */
const kept = (found: Declared, before: Declared, unread: readonly unknown[]): Declared =>
  Object.fromEntries(
    Object.entries(found).map(([node, params]) => [
      node,
      unread.includes(node) ? (before[node] ?? params) : params,
    ]),
  );

/** Keeps the warnings of the draft true, and draws nothing. An answer that comes too late is not shown; without one
 *  there are none. */
export function DraftWarnings(): null {
  const catalog = useCatalog();
  const id = useEditor((state) => state.id);
  const nodes = useEditor((state) => state.root.nodes);
  const wires = useEditor((state) => state.root.wires);
  const modules = useEditor((state) => definitionsOf(state.root));
  useEffect(() => {
    const inside = Object.values(modules).flatMap((own) => own.nodes);
    if (!canAsk({ nodes: [...nodes, ...inside], wires }, catalog)) {
      useEditor.setState((state) => (state.warnings.length ? { warnings: NONE, ...NOTHING } : NOTHING));
      return;
    }
    const asked = new AbortController();
    const ask = async () => {
      const file = { format: FORMAT, name: "", nodes, wires, modules };
      const found = await validateExperiment(id, file, asked.signal);
      const warnings = found.warnings.map((one) => ({
        ...one,
        node: one.node ?? "",
        isWarning: true as const,
      }));
      const unread = found.errors.filter(({ code }) => code === "script-syntax").map(({ node }) => node);
      useEditor.setState((state) =>
        state.root.nodes === nodes && state.root.wires === wires && definitionsOf(state.root) === modules
          ? {
              warnings,
              declared: kept(found.declared, state.declared, unread),
              signatures: found.signatures,
              foretold: found.columns ?? NOTHING.foretold,
            }
          : state,
      );
    };
    const timer = setTimeout(() => void ask().catch(() => undefined), STANDS_STILL_MS);
    return () => {
      clearTimeout(timer);
      asked.abort();
    };
  }, [id, nodes, wires, modules, catalog]);
  return null;
}
