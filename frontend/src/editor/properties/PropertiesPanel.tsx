import { memo, useState } from "react";
import { findMark } from "../../graph/marks";
import { useOverlay } from "../window/overlays";
import { useEditor, useShownGraph } from "../store/store";
import { ExperimentProperties } from "./ExperimentProperties";
import { MarkProperties } from "./MarkProperties";
import { NodeProperties } from "./NodeProperties";
import classes from "./PropertiesPanel.module.css";
import { SeveralProperties } from "./SeveralProperties";

/** What is selected, and what can be set of it. */
export function PropertiesPanel() {
  return (
    <div className={classes.panel}>
      <OfSelection />
    </div>
  );
}

// Drawn anew only when another node is meant.
const OfNode = memo(NodeProperties);

function OfSelection() {
  const selection = useEditor((state) => state.selection);
  // A node that is opened covers the panel, which waits until it is seen again.
  const covered = useOverlay((state) => state.open?.kind === "opened");
  const [kept, keep] = useState(selection);
  if (!covered && kept !== selection) keep(selection);
  const { nodes, marks } = covered ? kept : selection;
  const graph = useShownGraph();
  const [onlyNode] = nodes;
  const [onlyMark] = marks;
  const mark = marks.size === 1 && onlyMark !== undefined ? findMark(graph, onlyMark) : undefined;
  if (nodes.size === 1 && onlyNode !== undefined) return <OfNode key={onlyNode} id={onlyNode} />;
  if (nodes.size > 1) return <SeveralProperties ids={nodes} />;
  if (mark) return <MarkProperties key={mark.id} mark={mark} />;
  return <ExperimentProperties />;
}
