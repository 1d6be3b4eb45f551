import { findMark } from "../../graph/marks";
import { useEditor, useSelectedNodeId, useShownGraph } from "../store/store";
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

function OfSelection() {
  const node = useSelectedNodeId();
  const { nodes, marks } = useEditor((state) => state.selection);
  const graph = useShownGraph();
  const [onlyMark] = marks;
  const mark = marks.size === 1 && onlyMark !== undefined ? findMark(graph, onlyMark) : undefined;
  if (node) return <NodeProperties key={node} id={node} />;
  if (nodes.size > 1) return <SeveralProperties ids={nodes} />;
  if (mark) return <MarkProperties key={mark.id} mark={mark} />;
  return <ExperimentProperties />;
}
