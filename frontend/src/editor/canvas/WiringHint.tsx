import { Panel, useConnection } from "@xyflow/react";
import classes from "./Canvas.module.css";
import { useHint } from "./hint";
import { useWiring } from "./wiring";

/** While a wire is drawn over a port it does not fit: why not. After that: what was said last. */
export function WiringHint() {
  const over = useConnection((connection) =>
    connection.inProgress && connection.toHandle?.id
      ? `${connection.toHandle.nodeId}.${connection.toHandle.id}`
      : null,
  );
  const said = useHint((state) => state.text);
  const { start, verdict } = useWiring.getState();
  let text = said;
  if (over && start) {
    const dot = over.lastIndexOf(".");
    const side = start.side === "output" ? "input" : "output";
    text = verdict({ node: over.slice(0, dot), port: over.slice(dot + 1) }, side) ?? "";
  }
  return (
    <Panel position="top-center">
      <div role="status" className={text ? classes.hint : undefined}>
        {text}
      </div>
    </Panel>
  );
}
