import { useNodesInitialized, useReactFlow } from "@xyflow/react";
import { useEffect, useRef } from "react";
import { useEditor } from "../store/store";
import { FIT } from "./view";

/** Brings the whole graph into view when it is opened: once its nodes have a size, and only then. */
export function useFitOnOpen(nodes: number): void {
  const flow = useReactFlow();
  const measured = useNodesInitialized();
  const shown = useEditor((state) => state.viewedRun?.id ?? state.id);
  const fitted = useRef<string | null>(null);
  useEffect(() => {
    if (fitted.current === shown || (nodes > 0 && !measured)) return;
    fitted.current = shown;
    if (nodes > 0) void flow.fitView(FIT);
  }, [flow, measured, nodes, shown]);
}
