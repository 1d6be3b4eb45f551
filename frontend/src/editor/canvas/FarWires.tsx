import { ViewportPortal } from "@xyflow/react";
import { useMemo } from "react";
import { useCatalog } from "../store/catalog";
import classes from "./Canvas.module.css";
import { wireLines } from "./farWires";
import type { FlowEdge } from "../flow/flowAdapter";
import type { Box } from "../flow/markFlow";
import { isWireOff, useServiceView } from "../window/serviceView";

/** The wires of a large graph seen from far away, below its nodes. */
export function FarWires({ boxes, edges }: { boxes: Box[]; edges: FlowEdge[] }) {
  const catalog = useCatalog();
  const view = useServiceView();
  const lines = useMemo(
    () => wireLines(edges, boxes, catalog, ({ source, target }) => isWireOff(source, target)(view)),
    [edges, boxes, catalog, view],
  );
  return (
    <ViewportPortal>
      <svg className={classes.farWires} aria-hidden>
        {[...lines].map(([type, line]) => (
          <path key={type} d={line} stroke={COLORS[type] ?? `var(--wire-${type}, var(--wire-table))`} />
        ))}
      </svg>
    </ViewportPortal>
  );
}

const COLORS: Record<string, string> = { selected: "var(--studio-selection)", off: "var(--studio-line)" };
