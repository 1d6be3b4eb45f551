import { BaseEdge, getBezierPath, type EdgeProps } from "@xyflow/react";
import { memo } from "react";
import classes from "./Canvas.module.css";
import type { FlowEdge } from "./flowAdapter";
import { useSplicing } from "./splicing";
import { WireFacts } from "./WireFacts";

/** A wire, tinted by what travels on it. */
export const WireEdge = memo(function WireEdge({
  id,
  sourceX,
  sourceY,
  targetX,
  targetY,
  sourcePosition,
  targetPosition,
  data,
}: EdgeProps<FlowEdge>) {
  const splicing = useSplicing((state) => state.wire === id);
  // prettier-ignore
  const [path, middleX, middleY] = getBezierPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition });
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        className={splicing ? classes.splicing : ""}
        interactionWidth={18}
        style={{ stroke: `var(--wire-${data?.type ?? "table"})` }}
      />
      {data?.type === "table" ? <WireFacts wire={data.wire} x={middleX} y={middleY} /> : null}
    </>
  );
});
