import "@xyflow/react/dist/style.css";
import {
  Background,
  BackgroundVariant,
  Handle,
  Position,
  ReactFlow,
  type Edge,
  type Node,
  type NodeProps,
} from "@xyflow/react";
import { memo, useMemo } from "react";
import { useLoadedCatalog } from "../../editor/catalog";
import type { NodeDiff } from "../../graph/diff";
import { endOf, nodeName, wireId } from "../../graph/read";
import type { Graph } from "../../graph/types";
import classes from "./CompareScreen.module.css";
import { KIND_WORDS } from "./kinds";

type CompareNode = Node<{ title: string; kind: NodeDiff["kind"]; chosen: boolean }, "compare">;

interface Props {
  before: Graph;
  after: Graph;
  diff: NodeDiff[];
  chosen: string | null;
  onChoose: (node: string) => void;
}

/** Both versions on one canvas: nodes where they are now, and those that are gone where they were. */
export function CompareCanvas({ before, after, diff, chosen, onChoose }: Props) {
  const catalog = useLoadedCatalog();
  const nodes = useMemo(
    () =>
      diff.map(({ node, kind }): CompareNode => ({
        id: node.id,
        type: "compare",
        position: node.position,
        // What is gone lies behind what may stand in its place now.
        zIndex: kind === "removed" ? -1 : 0,
        ariaLabel: `${nodeName(catalog, node)}: ${KIND_WORDS[kind]}`,
        data: {
          title: nodeName(catalog, node),
          kind,
          chosen: node.id === chosen,
        },
      })),
    [diff, catalog, chosen],
  );
  const edges = useMemo(() => wiresOf(before, after), [before, after]);
  return (
    <section aria-label="Both versions" className={classes.canvas}>
      <ReactFlow
        aria-label="Graph of both versions"
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        disableKeyboardA11y
        minZoom={0.1}
        fitView
        fitViewOptions={FIT}
        proOptions={PLAIN}
        onNodeClick={(_event, node) => onChoose(node.id)}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1.2} color="var(--studio-line-strong)" />
      </ReactFlow>
    </section>
  );
}

const Box = memo(function Box({ data: { title, kind, chosen } }: NodeProps<CompareNode>) {
  return (
    <div className={classes.node} data-kind={kind} data-chosen={chosen || undefined}>
      <Handle type="target" position={Position.Top} className={classes.handle ?? ""} />
      <span className={classes.name}>{title}</span>
      {kind === "same" ? null : <span className={classes.kind}>{KIND_WORDS[kind]}</span>}
      <Handle type="source" position={Position.Bottom} className={classes.handle ?? ""} />
    </div>
  );
});

const NODE_TYPES = { compare: Box };
const FIT = { padding: 0.15, maxZoom: 1 };
const PLAIN = { hideAttribution: true };

function wiresOf(before: Graph, after: Graph): Edge[] {
  const [was, is] = [new Set(before.wires.map(wireId)), new Set(after.wires.map(wireId))];
  const gone = before.wires.filter((wire) => !is.has(wireId(wire)));
  return [...after.wires, ...gone].map((wire) => {
    const id = wireId(wire);
    const kind = !is.has(id) ? "removed" : was.has(id) ? "same" : "added";
    const edge: Edge = {
      id,
      source: endOf(wire.from).node,
      target: endOf(wire.to).node,
      className: `wire-${kind}`,
    };
    return edge;
  });
}
