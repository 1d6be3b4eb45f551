import { memo, useDeferredValue } from "react";
import { findMark } from "../../graph/marks";
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

// Drawn anew only when another node is meant: while the panel waits, it would draw the node of before once more.
const OfNode = memo(NodeProperties);

function OfSelection() {
  // The canvas shows at once what is selected; a form with an editor for code takes a moment longer.
  const { nodes, marks } = useDeferredValue(useEditor((state) => state.selection));
  const graph = useShownGraph();
  const [onlyNode] = nodes;
  const [onlyMark] = marks;
  const mark = marks.size === 1 && onlyMark !== undefined ? findMark(graph, onlyMark) : undefined;
  if (nodes.size === 1 && onlyNode !== undefined) return <OfNode key={onlyNode} id={onlyNode} />;
  if (nodes.size > 1) return <SeveralProperties ids={nodes} />;
  if (mark) return <MarkProperties key={mark.id} mark={mark} />;
  return <ExperimentProperties />;
}
