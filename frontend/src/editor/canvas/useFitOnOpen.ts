import { useNodesInitialized, useReactFlow, useStoreApi, type Viewport } from "@xyflow/react";
import { useEffect, useRef } from "react";
import { useEditor } from "../store/store";
import { viewOf } from "./fitting";
import { usePeeks } from "../flow/peeking";

/** Milliseconds after the opening in which the pictures of the last run come, and the view makes room for them. */
const OPENING_MS = 3000;

/** Brings the whole graph into view when it is opened: once its nodes have a size, and only then. */
export function useFitOnOpen(nodes: number): void {
  const flow = useReactFlow();
  const store = useStoreApi();
  const measured = useNodesInitialized();
  const shown = useEditor((state) => state.viewedRun?.id ?? state.id);
  const fitted = useRef<{ shown: string | null; at: number; view: Viewport | null }>(null);
  useEffect(() => {
    if (fitted.current?.shown === shown || (nodes > 0 && !measured)) return;
    const view = viewOf(store);
    fitted.current = { shown, at: performance.now(), view };
    if (view) void flow.setViewport(view);
  }, [flow, store, measured, nodes, shown]);
  useEffect(
    () =>
      usePeeks.subscribe((peeks, before) => {
        if (peeks.places.size === 0 || before.places.size > 0) return;
        const { current } = fitted;
        const now = flow.getViewport();
        // Not once somebody has moved it.
        const stayed =
          current?.view?.x === now.x && current.view.y === now.y && current.view.zoom === now.zoom;
        if (!current || !stayed || performance.now() - current.at > OPENING_MS) return;
        current.view = viewOf(store);
        if (current.view) void flow.setViewport(current.view);
      }),
    [flow, store],
  );
}
