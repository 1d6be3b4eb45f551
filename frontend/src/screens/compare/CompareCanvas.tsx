import "@xyflow/react/dist/style.css";
import {
  Background,
  BackgroundVariant,
  Handle,
  Position,
  ReactFlow,
  useReactFlow,
  type Node,
  type NodeProps,
} from "@xyflow/react";
import { memo, useEffect, useMemo, useRef } from "react";
import { portPlace } from "../../editor/flow/ports";
import type { NodeDiff } from "../../graph/diff";
import { endOf, nodeName, wireId } from "../../graph/read";
import type { Catalog, Graph, GraphNode } from "../../graph/types";
import { boxesOf, BoxesContext, RoutedWire, type ComparedWire } from "./RoutedWire";
import { useCatalogOf } from "./useCatalogOf";
import classes from "./CompareScreen.module.css";
import { KIND_WORDS } from "./kinds";

interface BoxData extends Ports {
  title: string;
  kind: NodeDiff["kind"];
  chosen: boolean;
  isOtherResult: boolean;
  [key: string]: unknown;
}

type CompareNode = Node<BoxData, "compare">;

/** By name, in the order in which they stand on a node. */
interface Ports {
  inputs: string[];
  outputs: string[];
}

interface Props {
  before: Graph;
  after: Graph;
  diff: NodeDiff[];
  /** Nodes that left something else. */
  otherResults: ReadonlySet<string>;
  chosen: string | null;
  /** Whether the results of a node take a part of the room. */
  isShared: boolean;
  onChoose: (node: string) => void;
}

/** Both versions on one canvas: nodes where they are now, and those that are gone where they were. */
export function CompareCanvas({ before, after, diff, otherResults, chosen, isShared, onChoose }: Props) {
  const catalog = useCatalogOf(before, after);
  const boxes = useMemo(() => boxesOf(diff), [diff]);
  const portsOf = useMemo(() => portsIn(before, after, catalog), [before, after, catalog]);
  const nodes = useMemo(
    () =>
      diff.map(({ node, kind }): CompareNode => ({
        id: node.id,
        type: "compare",
        position: node.position,
        // What is gone lies behind what may stand in its place now.
        zIndex: kind === "removed" ? -1 : 0,
        ariaLabel: `${nodeName(catalog, node)}: ${KIND_WORDS[kind]}${otherResults.has(node.id) ? ", another result" : ""}`,
        data: {
          title: nodeName(catalog, node),
          kind,
          chosen: node.id === chosen,
          isOtherResult: otherResults.has(node.id),
          ...portsOf(node),
        },
      })),
    [diff, catalog, chosen, otherResults, portsOf],
  );
  const edges = useMemo(() => wiresOf(before, after), [before, after]);
  return (
    <section aria-label="Both versions" className={classes.canvas}>
      <BoxesContext value={boxes}>
        <ReactFlow
          aria-label="Graph of both versions"
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
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
          <Refit when={isShared} />
          <Background
            variant={BackgroundVariant.Dots}
            gap={20}
            size={1.2}
            color="var(--studio-line-strong)"
          />
        </ReactFlow>
      </BoxesContext>
    </section>
  );
}

/** Brings everything into view again once there is less or more room. */
function Refit({ when }: { when: boolean }) {
  const { fitView } = useReactFlow();
  const known = useRef(when);
  useEffect(() => {
    if (known.current === when) return;
    known.current = when;
    const timer = window.setTimeout(() => void fitView(FIT), SETTLED_MS);
    return () => window.clearTimeout(timer);
  }, [when, fitView]);
  return null;
}

/** Milliseconds after which the canvas has measured its new size. */
const SETTLED_MS = 60;

const Box = memo(function Box({ data }: NodeProps<CompareNode>) {
  const { title, kind, chosen, isOtherResult, inputs, outputs } = data;
  return (
    <div
      className={classes.node}
      data-kind={kind}
      data-dim={(kind === "same" || kind === "moved") && !isOtherResult && !chosen}
      data-chosen={chosen || undefined}
    >
      <Ports names={inputs} type="target" position={Position.Top} />
      <span className={classes.name}>{title}</span>
      {kind === "same" && !isOtherResult ? null : (
        <span className={classes.tags}>
          {kind === "same" ? null : <span className={classes.kind}>{KIND_WORDS[kind]}</span>}
          {isOtherResult ? <span className={classes.result}>another result</span> : null}
        </span>
      )}
      <Ports names={outputs} type="source" position={Position.Bottom} />
    </div>
  );
});

interface PortsProps {
  names: string[];
  type: "source" | "target";
  position: Position;
}

const Ports = ({ names, type, position }: PortsProps) =>
  names.map((name, index) => (
    <Handle
      key={name}
      id={name}
      type={type}
      position={position}
      className={classes.handle ?? ""}
      style={{ left: `${portPlace(index, names.length)}%` }}
    />
  ));

const NODE_TYPES = { compare: Box };
const EDGE_TYPES = { compared: RoutedWire };
const FIT = { padding: 0.15, maxZoom: 1 };
const PLAIN = { hideAttribution: true };

/** The ports that a node's module has, and those that only its wires know. */
function portsIn(before: Graph, after: Graph, catalog: Catalog): (node: GraphNode) => Ports {
  const [into, outOf] = [new Map<string, Set<string>>(), new Map<string, Set<string>>()];
  const note = (map: Map<string, Set<string>>, end: string) => {
    const { node, port } = endOf(end);
    map.set(node, (map.get(node) ?? new Set()).add(port));
  };
  for (const { from, to } of [...before.wires, ...after.wires]) {
    note(outOf, from);
    note(into, to);
  }
  return ({ id, module: slug }) => {
    const module = catalog.module(slug);
    const names = (known: readonly { name: string }[] | undefined, wired: Set<string> | undefined) => [
      ...new Set([...(known ?? []).map(({ name }) => name), ...(wired ?? [])]),
    ];
    return { inputs: names(module?.inputs, into.get(id)), outputs: names(module?.outputs, outOf.get(id)) };
  };
}

function wiresOf(before: Graph, after: Graph): ComparedWire[] {
  const [was, is] = [new Set(before.wires.map(wireId)), new Set(after.wires.map(wireId))];
  const gone = before.wires.filter((wire) => !is.has(wireId(wire)));
  return [...after.wires, ...gone].map((wire) => {
    const id = wireId(wire);
    const kind = !is.has(id) ? "removed" : was.has(id) ? "same" : "added";
    const [from, to] = [endOf(wire.from), endOf(wire.to)];
    return {
      id,
      type: "compared",
      source: from.node,
      sourceHandle: from.port,
      target: to.node,
      targetHandle: to.port,
      className: `wire-${kind}`,
      data: { from: wire.from },
    };
  });
}
