import { ViewportPortal } from "@xyflow/react";
import { useMemo } from "react";
import { useCatalog } from "../catalog";
import classes from "./Canvas.module.css";
import { wireLines } from "./farWires";
import type { FlowEdge, FlowNode } from "./flowAdapter";

/** The wires of a large graph seen from far away, below its nodes. */
export function FarWires({ nodes, edges }: { nodes: FlowNode[]; edges: FlowEdge[] }) {
  const catalog = useCatalog();
  const lines = useMemo(() => wireLines(edges, nodes, catalog), [edges, nodes, catalog]);
  return (
    <ViewportPortal>
      <svg className={classes.farWires} aria-hidden>
        {[...lines].map(([type, line]) => (
          <path
            key={type}
            d={line}
            stroke={type === "selected" ? "var(--studio-accent)" : `var(--wire-${type})`}
          />
        ))}
      </svg>
    </ViewportPortal>
  );
}
