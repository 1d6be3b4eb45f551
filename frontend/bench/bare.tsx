/** React Flow with plain nodes and nothing else: what `make bench` holds the editor's canvas against. */

import "@xyflow/react/dist/style.css";
import { Background, Handle, Position, ReactFlow, useEdgesState, useNodesState } from "@xyflow/react";
import type { Edge, Node, NodeProps } from "@xyflow/react";
import { memo } from "react";
import { createRoot } from "react-dom/client";

/** The page's own graph: put there by the benchmark before anything else runs. */
interface BareGraph {
  nodes: { id: string; x: number; y: number; title: string; inputs: string[]; outputs: string[] }[];
  wires: { from: [string, string]; to: [string, string] }[];
}
type PlainNode = Node<BareGraph["nodes"][number], "plain">;

const Plain = memo(function Plain({ data }: NodeProps<PlainNode>) {
  const spread = (ports: string[], type: "source" | "target") =>
    ports.map((port, index) => (
      <Handle
        key={port}
        id={port}
        type={type}
        position={type === "target" ? Position.Top : Position.Bottom}
        style={{ left: `${((index + 1) * 100) / (ports.length + 1)}%` }}
      />
    ));
  return (
    <div style={{ width: 220, height: 48, border: "1px solid #888", borderRadius: 8, background: "#fff" }}>
      {spread(data.inputs, "target")}
      <div style={{ padding: 14, font: "13px/20px sans-serif" }}>{data.title}</div>
      {spread(data.outputs, "source")}
    </div>
  );
});

const graph = (window as unknown as { GRAPH: BareGraph }).GRAPH;
const nodeTypes = { plain: Plain };

function Bare() {
  const [nodes, , onNodesChange] = useNodesState<PlainNode>(
    graph.nodes.map((node) => ({
      id: node.id,
      type: "plain",
      position: { x: node.x, y: node.y },
      data: node,
    })),
  );
  const [edges, , onEdgesChange] = useEdgesState<Edge>(
    graph.wires.map(({ from, to }, index) => ({
      id: String(index),
      source: from[0],
      sourceHandle: from[1],
      target: to[0],
      targetHandle: to[1],
    })),
  );
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      onNodesChange={onNodesChange}
      onEdgesChange={onEdgesChange}
      nodeTypes={nodeTypes}
      minZoom={0.02}
      fitView
    >
      <Background />
    </ReactFlow>
  );
}

createRoot(document.getElementById("root") as HTMLElement).render(<Bare />);
