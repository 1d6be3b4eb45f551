import { useUpdateNodeInternals, type NodeProps } from "@xyflow/react";
import { memo, useEffect, useRef } from "react";
import { endOf, outputType } from "../../graph/read";
import type { Graph, GraphNode } from "../../graph/types";
import { useCatalog } from "../store/catalog";
import { shownGraph, useEditor, useReadOnly } from "../store/store";
import { partOf, useServiceView } from "../window/serviceView";
import { markOf, useWaiting } from "../window/proposed";
import { useFar } from "./far";
import { FarNode } from "./FarNode";
import type { FlowNode } from "../flow/flowAdapter";
import { moduleLook } from "../flow/moduleLook";
import classes from "./ModuleNode.module.css";
import { NodeFailure } from "./NodeFailure";
import { NodePeek } from "./NodePeek";
import { NodeState } from "./NodeState";
import { NodeTitle } from "./NodeTitle";
import { OutsideMarks } from "./OutsideMarks";
import { PinMark } from "./PinMark";
import { openPort, Port } from "./Port";
import { portPlace } from "../flow/ports";
import { ProblemMark } from "./ProblemMark";
import { ProposedMark } from "./ProposedMark";
import { SpokenNode } from "./SpokenNode";

const ends = new WeakMap<Graph["wires"], Map<string, string>>();

/** The connected ports of a node as one string, which stays equal while other wires come and go. */
function connectedPorts(graph: Graph, id: string): string {
  let index = ends.get(graph.wires);
  if (!index) {
    index = new Map();
    for (const wire of graph.wires) {
      for (const [side, text] of [
        ["out", wire.from],
        ["in", wire.to],
      ] as const) {
        const { node, port } = endOf(text);
        index.set(node, `${index.get(node) ?? " "}${side}:${port} `);
      }
    }
    ends.set(graph.wires, index);
  }
  return index.get(id) ?? "";
}

export const ModuleNode = memo(function ModuleNode({ id, data, selected, height }: NodeProps<FlowNode>) {
  const catalog = useCatalog();
  const far = useFar((state) => state.far);
  if (!far) return <NearNode id={id} node={data.node} selected={selected} />;
  return <FarNode id={id} module={catalog.module(data.node.module)} selected={selected} height={height} />;
});

interface NearProps {
  id: string;
  node: GraphNode;
  selected: boolean;
}

const NearNode = memo(function NearNode({ id, node, selected }: NearProps) {
  const catalog = useCatalog();
  const readOnly = useReadOnly();
  const connected = useEditor((state) => connectedPorts(shownGraph(state), id));
  // Of several selected nodes the ports would be hundreds of stops.
  const reachable = useEditor((state) => selected && state.selection.nodes.size === 1);
  const module = catalog.module(node.module);
  const { Icon, group } = moduleLook(node.module, module);
  const service = useServiceView(partOf(id));
  const proposed = useWaiting(markOf(id))?.kind;
  const inputs = module?.inputs ?? [];
  const outputs = module?.outputs ?? [];

  // React Flow must look again where the ports are when a node becomes another module (undo, another tab).
  const measure = useUpdateNodeInternals();
  const measured = useRef(module);
  useEffect(() => {
    if (measured.current !== module) measure(id);
    measured.current = module;
  }, [measure, id, module]);

  return (
    <div
      className={classes.node}
      data-selected={selected}
      data-service={service}
      data-proposed={proposed}
      data-unknown={!module && catalog.modules.length > 0}
    >
      {inputs.map((port, index) => (
        <Port
          key={port.name}
          node={id}
          port={port}
          type={port.type}
          side="input"
          at={portPlace(index, inputs.length)}
          connected={connected.includes(` in:${port.name} `)}
          reachable={reachable}
          onOpen={null}
          wirable={!readOnly}
        />
      ))}
      <div className={classes.head}>
        <span className={classes.icon} data-group={group}>
          <Icon size={16} stroke={1.75} aria-hidden />
        </span>
        <NodeTitle node={node} />
        <PinMark node={node} />
        <OutsideMarks node={node} />
        <ProposedMark id={id} />
        <ProblemMark id={id} />
        <NodeState id={id} />
      </div>
      <SpokenNode id={id} />
      <NodeFailure id={id} />
      {node.comment ? <p className={classes.comment}>{node.comment}</p> : null}
      <NodePeek id={id} reachable={reachable} />
      {outputs.map((port, index) => (
        <Port
          key={port.name}
          node={id}
          port={port}
          type={outputType(catalog, node, port) ?? port.type}
          side="output"
          at={portPlace(index, outputs.length)}
          connected={connected.includes(` out:${port.name} `)}
          reachable={reachable}
          onOpen={openPort}
          wirable={!readOnly}
        />
      ))}
    </div>
  );
});
