/** The params of one node: its module's, and those that its script declares. */

import { useMemo } from "react";
import { paramHeldAs } from "../../graph/paramNames";
import type { GraphNode, ModuleSpec, ParamSpec } from "../../graph/types";
import { useEditor, useReadOnly } from "../store/store";

const NONE: readonly ParamSpec[] = [];

/** The module as the form of this node needs it, with the params that the script declares after its own. */
export function useNodeModule(node: GraphNode, module: ModuleSpec): ModuleSpec {
  const declared = useEditor((state) => state.declared[node.id] ?? NONE);
  return useMemo(
    () => (declared.length === 0 ? module : { ...module, params: [...module.params, ...declared] }),
    [module, declared],
  );
}

/** Names of params that the node has and that neither its module nor its script knows; none until the server has
 *  read the script. */
export function useLeftOver(node: GraphNode, module: ModuleSpec): string[] {
  const declared = useEditor((state) => state.declared[node.id]);
  const readOnly = useReadOnly();
  if (readOnly || !declared) return [];
  return Object.keys(node.params).filter((name) => !paramHeldAs(node, module, name));
}
