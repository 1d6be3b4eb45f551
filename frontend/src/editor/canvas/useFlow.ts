import { applyNodeChanges, useStoreApi, type EdgeChange, type NodeChange } from "@xyflow/react";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { findMark } from "../../graph/marks";
import { useCatalog } from "../store/catalog";
import { select } from "../store/selection";
import { shownGraph, useEditor, useShownGraph } from "../store/store";
import { banded, isBanding } from "./band";
import { useGivenUp } from "./givingUp";
import { guided } from "./guiding";
import {
  flowEdges,
  flowNodes,
  selectionAfter,
  withoutGuesses,
  type FlowEdge,
  type FlowNode,
} from "../flow/flowAdapter";
import {
  boxesOf,
  markFlow,
  throughFrames,
  uncovered,
  withFrameContents,
  type MarkFlow,
} from "../flow/markFlow";
import { forgetWays, lookAround } from "../flow/ways";

/**
 * React Flow's arrays, made from the shown graph. Drags and measured sizes live here only;
 * the graph hears of a place when a node is let go.
 */
export function useFlow() {
  const graph = useShownGraph();
  const catalog = useCatalog();
  const store = useStoreApi();
  const selection = useEditor((state) => state.selection);
  const [nodes, setNodes] = useState<FlowNode[]>(() =>
    flowNodes(uncovered(graph), catalog, selection.nodes, []),
  );
  const [marks, setMarks] = useState<MarkFlow[]>(() => markFlow(graph, catalog, selection.marks, []));
  const [edges, setEdges] = useState<FlowEdge[]>(() => flowEdges(graph, catalog, selection.wires, []));

  // What a drag had moved that was given up goes back.
  const givenUp = useGivenUp((state) => state.times);

  useLayoutEffect(
    () => setNodes((before) => flowNodes(uncovered(graph), catalog, selection.nodes, before)),
    [graph, catalog, selection.nodes, givenUp],
  );
  useLayoutEffect(
    () => setMarks((before) => markFlow(graph, catalog, selection.marks, before)),
    [graph, catalog, selection.marks, givenUp],
  );
  useLayoutEffect(
    () => setEdges((before) => flowEdges(graph, catalog, selection.wires, before)),
    [graph, catalog, selection.wires],
  );

  const drawnNow = useRef(nodes);
  useLayoutEffect(() => {
    drawnNow.current = nodes;
  }, [nodes]);

  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode | MarkFlow>[]) => {
      const { selection: now } = useEditor.getState();
      const graph = shownGraph(useEditor.getState());
      const isMark = (change: NodeChange) => "id" in change && findMark(graph, change.id) !== undefined;
      const inside = selectionAfter(
        changes.filter((change) => !isMark(change)),
        now.nodes,
      );
      const after = inside && (banded(inside) ?? inside);
      const marksAfter = selectionAfter(changes.filter(isMark), now.marks);
      if (after || marksAfter) {
        const [chosen, chosenMarks] = [after ?? now.nodes, marksAfter ?? now.marks];
        select(chosen, chosen.size + chosenMarks.size ? now.wires : [], chosenMarks);
      }
      const drawn = changes.filter(({ type }) => type === "position" || type === "dimensions");
      if (drawn.length === 0) return;
      const { nodeLookup } = store.getState();
      const kept = withFrameContents(drawn, graph, (id) => nodeLookup.get(id)?.position);
      const ofMarks = kept.filter(isMark) as NodeChange<MarkFlow>[];
      if (ofMarks.length) setMarks((before) => applyNodeChanges(ofMarks, before));
      if (ofMarks.length === kept.length) return;
      const ofNodes = kept as NodeChange<FlowNode>[];
      // A frame goes where it is dragged to; a node lines up with its neighbors.
      const moved = ofMarks.length ? ofNodes : guided(ofNodes, drawnNow.current);
      const measured = new Set(kept.flatMap((change) => (change.type === "dimensions" ? [change.id] : [])));
      setNodes((before) => {
        const after = applyNodeChanges(moved, before);
        return measured.size > 0 ? withoutGuesses(after, measured) : after;
      });
    },
    [store],
  );

  const onEdgesChange = useCallback((changes: EdgeChange<FlowEdge>[]) => {
    if (isBanding()) return;
    const { nodes: selected, wires, marks } = useEditor.getState().selection;
    const after = selectionAfter(changes, wires);
    if (after) select(selected, after, marks);
  }, []);

  const all = useMemo(() => (marks.length ? [...marks, ...nodes] : nodes), [marks, nodes]);
  useLayoutEffect(() => lookAround(all), [all]);
  useEffect(() => forgetWays, []);
  const boxes = useMemo(() => boxesOf(nodes, marks), [nodes, marks]);
  const drawnEdges = useMemo(() => throughFrames(edges, graph), [edges, graph]);
  return { boxes, nodes: all, edges: drawnEdges, onNodesChange, onEdgesChange };
}
