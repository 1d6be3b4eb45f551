import { BaseEdge, type Edge, type EdgeProps } from "@xyflow/react";
import { createContext, memo, useContext, useMemo } from "react";
import { laneOf } from "../../editor/flow/ways";
import type { NodeDiff } from "../../graph/diff";
import { NODE_WIDTH } from "../../graph/place";
import { Boxes } from "../../graph/route/boxes";
import { wirePath } from "../../graph/route/wirePath";

export type ComparedWire = Edge<{ from: string }, "compared">;

/** Pixels of a box on this canvas. */
const HEIGHT = 50;

/** What stands in the way of wires. */
export const BoxesContext = createContext(new Boxes());

export const boxesOf = (diff: readonly NodeDiff[]): Boxes =>
  new Boxes(
    diff.map(({ node: { id, position } }) => ({
      id,
      left: position.x,
      top: position.y,
      right: position.x + NODE_WIDTH,
      bottom: position.y + HEIGHT,
    })),
  );

/** A wire of either version, led around nodes as on the editor's canvas. */
export const RoutedWire = memo(function RoutedWire(wire: EdgeProps<ComparedWire>) {
  const boxes = useContext(BoxesContext);
  const { id, source, target, sourceX, sourceY, targetX, targetY, data } = wire;
  const { path } = useMemo(
    () =>
      wirePath(
        {
          start: { x: sourceX, y: sourceY },
          end: { x: targetX, y: targetY },
          source,
          target,
          lane: laneOf(data?.from ?? ""),
        },
        boxes,
      ),
    [boxes, source, target, sourceX, sourceY, targetX, targetY, data?.from],
  );
  return <BaseEdge id={id} path={path} />;
});
