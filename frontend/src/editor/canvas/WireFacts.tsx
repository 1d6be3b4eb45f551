import { memo, useEffect } from "react";
import { endOf, wireId } from "../../graph/read";
import type { Graph, Wire } from "../../graph/types";
import { useNodeRun } from "../run/hooks";
import { useStaleReason } from "../run/stale";
import { count } from "../../ui/words";
import { currentCatalog } from "../store/catalog";
import { shownGraph, useEditor } from "../store/store";
import { Labels } from "./labels";
import classes from "./WireFacts.module.css";

interface Props {
  wire: Wire;
  /** The middle of the wire. */
  x: number;
  y: number;
}

/** The size of the table that travelled here, and how many rows its node added or took away. */
export const WireFacts = memo(function WireFacts({ wire, x, y }: Props) {
  const { node, port } = endOf(wire.from);
  const output = useNodeRun(node)?.outputs[port];
  const stale = useStaleReason(node) !== "";
  const above = useEditor((state) => tableInto(shownGraph(state), node));
  const source = above ? endOf(above) : null;
  const input = useNodeRun(source?.node ?? "")?.outputs[source?.port ?? ""];
  if (output?.type !== "table" || output.rows == null) return null;
  const change = stale || input?.rows == null ? 0 : output.rows - input.rows;
  const size = `${count(output.rows)} × ${count(output.columns ?? 0)}`;
  return (
    <Facts
      wire={wireId(wire)}
      x={x}
      y={y}
      size={size}
      change={change ? rowChange(change) : ""}
      stale={stale}
    />
  );
});

const labels = new Labels();
/** Pixels of a letter and of a line, as they are drawn. */
const LETTER = 6.4;
const LINE = 14;

interface FactsProps {
  wire: string;
  x: number;
  y: number;
  size: string;
  change: string;
  stale: boolean;
}

/** One line or two, where they hide no other wire's. */
function Facts({ wire, x, y, size, change, stale }: FactsProps) {
  useEffect(() => () => labels.forget(wire), [wire]);
  const width = LETTER * Math.max(size.length, change.length);
  const at = y + labels.shift(wire, { x, y, width, height: change ? 2 * LINE : LINE });
  return (
    <g className={classes.facts} data-stale={stale || undefined}>
      <text x={x} y={change ? at - 2 : at + 4}>
        {size}
      </text>
      {change ? (
        <text x={x} y={at + 12} className={classes.change}>
          {change}
        </text>
      ) : null}
    </g>
  );
}

/** "−112 rows", "+1 row" */
const rowChange = (change: number): string =>
  `${change < 0 ? "−" : "+"}${count(Math.abs(change))} ${Math.abs(change) === 1 ? "row" : "rows"}`;

const into = new WeakMap<Graph["wires"], Map<string, Wire[]>>();

/** Where a node's one table comes from, as `node.port`; null where it takes none, or several. */
function tableInto(graph: Graph, node: string): string | null {
  let index = into.get(graph.wires);
  if (!index) {
    index = new Map();
    for (const wire of graph.wires) {
      const target = endOf(wire.to).node;
      index.set(target, [...(index.get(target) ?? []), wire]);
    }
    into.set(graph.wires, index);
  }
  const wires = index.get(node) ?? [];
  if (wires.length < 2) return wires[0]?.from ?? null;
  const module = currentCatalog().module(graph.nodes.find(({ id }) => id === node)?.module ?? "");
  const tables = new Set(module?.inputs.filter(({ type }) => type === "table").map(({ name }) => name));
  const found = wires.filter((wire) => tables.has(endOf(wire.to).port));
  return found.length === 1 ? (found[0]?.from ?? null) : null;
}
