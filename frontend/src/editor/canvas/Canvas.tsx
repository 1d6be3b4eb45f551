import "@xyflow/react/dist/style.css";
import { Background, BackgroundVariant, Panel, ReactFlow, SelectionMode } from "@xyflow/react";
import { useMemo, useRef } from "react";
import { GRID } from "../../graph/place";
import { useReadOnly } from "../store/store";
import classes from "./Canvas.module.css";
import { CanvasControls } from "./CanvasControls";
import { EmptyCanvas } from "./EmptyCanvas";
import { MANY, useFar } from "./far";
import { FarWires } from "./FarWires";
import { Ghosts } from "./Ghosts";
import { Guides } from "./Guides";
import { FrameNode } from "./marks/FrameNode";
import { NoteNode } from "./marks/NoteNode";
import { ModuleNode } from "./ModuleNode";
import { Overview } from "./Overview";
import type { FlowEdge } from "../flow/flowAdapter";
import { smallestZoom } from "./overviewShape";
import { usePlacePeeks } from "../flow/peeking";
import { useCanvasEvents } from "./useCanvasEvents";
import { ServiceSwitch } from "./ServiceSwitch";
import { useServiceView } from "../window/serviceView";
import { useCanvasSettings } from "../window/canvasSettings";
import { useCanvasView } from "./useCanvasView";
import { useDroppedFiles } from "./useDroppedFiles";
import { useFitOnOpen } from "./useFitOnOpen";
import { useFlow } from "./useFlow";
import { useGivingUp } from "./useGivingUp";
import { useLongPress } from "./useLongPress";
import { useRovingFocus } from "./useRovingFocus";
import { useUncovered } from "./useUncovered";
import { useWireEvents } from "./useWireEvents";
import { WireEdge } from "./WireEdge";
import { WiringHint } from "./WiringHint";

const nodeTypes = { module: ModuleNode, note: NoteNode, frame: FrameNode };
const edgeTypes = { wire: WireEdge };

/** The experiment's graph. */
export function Canvas() {
  const readOnly = useReadOnly();
  const { dragSelects, minimap } = useCanvasSettings();
  const frame = useRef<HTMLElement>(null);
  const { boxes, ...flow } = useFlow();
  const far = useFar((state) => state.far);
  const minZoom = useMemo(() => smallestZoom(boxes), [boxes]);
  const events = useCanvasEvents();
  const wireEvents = useWireEvents();
  useCanvasView(frame);
  useDroppedFiles(frame);
  useLongPress(frame);
  useGivingUp(frame);
  useUncovered(frame);
  useRovingFocus(frame);
  usePlacePeeks();
  useFitOnOpen(flow.nodes.length);

  return (
    <section ref={frame} data-canvas aria-label="Canvas" className={classes.canvas} {...events.frame}>
      <ReactFlow
        {...flow}
        edges={far ? NO_EDGES : flow.edges}
        onlyRenderVisibleElements={flow.nodes.length > MANY}
        {...events.flow}
        {...wireEvents}
        aria-label={readOnly ? "Graph of an earlier run" : "Graph"}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        selectionKeyCode={BAND_KEYS}
        minZoom={minZoom}
        maxZoom={2}
        snapToGrid
        snapGrid={SNAP}
        nodesDraggable={!readOnly}
        nodesConnectable={!readOnly}
        edgesReconnectable={!readOnly}
        elevateNodesOnSelect
        connectionRadius={28}
        connectOnClick={false}
        deleteKeyCode={null}
        disableKeyboardA11y
        zoomOnDoubleClick={false}
        selectionOnDrag={dragSelects}
        selectionMode={SelectionMode.Partial}
        panOnDrag={dragSelects ? MIDDLE_AND_RIGHT : true}
        panOnScroll={dragSelects}
        nodeDragThreshold={2}
        proOptions={PLAIN}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1.2} color="var(--canvas-dots)" />
        {far ? <FarWires boxes={boxes} edges={flow.edges} /> : null}
        {minimap && boxes.length > 0 ? <Overview boxes={boxes} /> : null}
        <Ghosts boxes={boxes} />
        <Guides />
        <CanvasControls />
        <ViewSwitch />
        <WiringHint />
      </ReactFlow>
      {flow.nodes.length === 0 ? <EmptyCanvas readOnly={readOnly} /> : null}
    </section>
  );
}

/** Between the experiment and its service, once the service was looked at. */
function ViewSwitch() {
  const used = useServiceView((view) => view.used);
  if (!used) return null;
  return (
    <Panel position="top-center" data-floating>
      <ServiceSwitch />
    </Panel>
  );
}

/** Shift adds what is in the rubber band, Alt takes it away. */
const BAND_KEYS = ["Shift", "Alt"];
const NO_EDGES: FlowEdge[] = [];
const SNAP: [number, number] = [GRID, GRID];
const MIDDLE_AND_RIGHT = [1, 2];
/** The corner is the overview's. */
const PLAIN = { hideAttribution: true };
