import { applyNodeChanges, type EdgeChange, type NodeChange } from "@xyflow/react";
import { useCallback, useLayoutEffect, useRef, useState } from "react";
import { useCatalog } from "../catalog";
import { select } from "../store/selection";
import { useEditor, useShownGraph } from "../store/store";
import { banded, isBanding } from "./band";
import { guided } from "./guiding";
import {
  flowEdges,
  flowNodes,
  selectionAfter,
  withoutGuesses,
  type FlowEdge,
  type FlowNode,
} from "./flowAdapter";

/**
 * React Flow's arrays, made from the shown graph. Drags and measured sizes live here only;
 * the graph hears of a place when a node is let go.
 */
export function useFlow() {
  const graph = useShownGraph();
  const catalog = useCatalog();
  const selection = useEditor((state) => state.selection);
  const [nodes, setNodes] = useState<FlowNode[]>(() => flowNodes(graph, catalog, selection.nodes, []));
  const [edges, setEdges] = useState<FlowEdge[]>(() => flowEdges(graph, catalog, selection.wires, []));

  useLayoutEffect(
    () => setNodes((before) => flowNodes(graph, catalog, selection.nodes, before)),
    [graph, catalog, selection.nodes],
  );
  useLayoutEffect(
    () => setEdges((before) => flowEdges(graph, catalog, selection.wires, before)),
    [graph, catalog, selection.wires],
  );

  const drawnNow = useRef(nodes);
  useLayoutEffect(() => {
    drawnNow.current = nodes;
  }, [nodes]);

  const onNodesChange = useCallback((changes: NodeChange<FlowNode>[]) => {
    const { nodes: selected, wires } = useEditor.getState().selection;
    const inside = selectionAfter(changes, selected);
    const after = inside && (banded(inside) ?? inside);
    if (after) select(after, after.size ? wires : []);
    const kept = changes.filter(({ type }) => type === "position" || type === "dimensions");
    if (kept.length === 0) return;
    const moved = guided(kept, drawnNow.current);
    const drawn = new Set(kept.flatMap((change) => (change.type === "dimensions" ? [change.id] : [])));
    setNodes((before) => {
      const after = applyNodeChanges(moved, before);
      return drawn.size > 0 ? withoutGuesses(after, drawn) : after;
    });
  }, []);

  const onEdgesChange = useCallback((changes: EdgeChange<FlowEdge>[]) => {
    if (isBanding()) return;
    const { nodes: selected, wires } = useEditor.getState().selection;
    const after = selectionAfter(changes, wires);
    if (after) select(selected, after);
  }, []);

  return { nodes, edges, onNodesChange, onEdgesChange };
}
