import { BaseEdge, type EdgeProps } from "@xyflow/react";
import { memo } from "react";
import classes from "./Canvas.module.css";
import type { FlowEdge } from "../flow/flowAdapter";
import { useBroken } from "./broken";
import { useSplicing } from "./splicing";
import { laneOf, useWay } from "../flow/ways";
import { isWireGoing, useWaiting } from "../window/proposed";
import { isWireOff, useServiceView } from "../window/serviceView";
import { WireFacts } from "./WireFacts";

/** A wire, tinted by what travels on it. */
export const WireEdge = memo(function WireEdge({
  id,
  source,
  target,
  sourceX,
  sourceY,
  targetX,
  targetY,
  data,
}: EdgeProps<FlowEdge>) {
  const splicing = useSplicing((state) => state.wire === id);
  const { path, middle } = useWay(id, {
    start: { x: sourceX, y: sourceY },
    end: { x: targetX, y: targetY },
    source,
    target,
    lane: laneOf(data?.wire.from ?? ""),
  });
  const broken = useBroken(data?.wire);
  const going = useWaiting(isWireGoing(id));
  const off = useServiceView(isWireOff(source, target));
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        className={splicing ? classes.splicing : broken ? classes.broken : ""}
        interactionWidth={18}
        style={{
          stroke: broken ? "var(--studio-danger)" : `var(--wire-${data?.type}, var(--wire-table))`,
          ...(going && { stroke: "var(--studio-danger)", strokeDasharray: "3 6" }),
          ...(off && { opacity: DIMMED }),
        }}
      />
      {data?.type === "table" && !off ? <WireFacts wire={data.wire} x={middle.x} y={middle.y} /> : null}
    </>
  );
});

/** Of a wire that no call of the web service uses. */
const DIMMED = 0.25;
