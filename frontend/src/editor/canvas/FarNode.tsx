import { memo } from "react";
import type { ModuleSpec } from "../../api/types";
import { useNodeRun } from "../run/hooks";
import { moduleLook } from "../flow/moduleLook";
import classes from "./ModuleNode.module.css";
import { portPlace } from "../flow/ports";
import { markOf, useWaiting } from "../window/proposed";
import { partOf, useServiceView } from "../window/serviceView";

interface Props {
  id: string;
  module: ModuleSpec | undefined;
  selected: boolean;
  /** As high as it was close up; undefined where it was never drawn. */
  height: number | undefined;
}

/** A node seen from far away: one box in its group's tint, with the state of its run. */
export const FarNode = memo(function FarNode({ id, module, selected, height }: Props) {
  const state = useNodeRun(id)?.state;
  const { group } = moduleLook(module?.slug ?? "", module);
  const service = useServiceView(partOf(id));
  const proposed = useWaiting(markOf(id))?.kind;
  return (
    <div
      className={`${classes.node} ${classes.icon} ${classes.far}`}
      data-selected={selected}
      data-group={group}
      data-state={state}
      data-service={service}
      data-proposed={proposed}
      style={height ? { height } : undefined}
    >
      {/* Nothing to see or to touch: where wires end, should React Flow look. */}
      {ends(module?.inputs, "target")}
      {ends(module?.outputs, "source")}
    </div>
  );
});

const ends = (ports: ModuleSpec["inputs"] | undefined, type: "source" | "target") =>
  ports?.map((port, index) => (
    <i
      key={port.name}
      className={`${classes.end} ${type}`}
      data-handleid={port.name}
      data-handlepos={type === "target" ? "top" : "bottom"}
      style={{ left: `${portPlace(index, ports.length)}%` }}
    />
  ));
