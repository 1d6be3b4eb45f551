import { Panel, useConnection } from "@xyflow/react";
import { endOf, endText } from "../../graph/read";
import { CodeText } from "../../ui/CodeText";
import classes from "./Canvas.module.css";
import { endAt } from "../flow/flowAdapter";
import { useHint } from "../window/hint";
import { useWiring, whyNot } from "./wiring";

/** While a wire is drawn over a port it does not fit: why not. After that: what was said last. */
export function WiringHint() {
  const over = useConnection((connection) =>
    connection.inProgress && connection.toHandle?.id
      ? `${connection.toHandle.type}:${endText(endAt(connection.toHandle.nodeId, connection.toHandle.id))}`
      : null,
  );
  const said = useHint((state) => state.text);
  let text = said;
  if (over) {
    const [type = "", end = ""] = over.split(/:(.*)/);
    text = whyNot(useWiring.getState(), endOf(end), type === "target" ? "input" : "output");
  }
  return (
    <Panel position="top-center">
      <div role="status" className={text ? classes.hint : undefined}>
        <CodeText>{text}</CodeText>
      </div>
    </Panel>
  );
}
