import { Button } from "@mantine/core";
import { plural } from "../../ui/words";
import { perform } from "../commands/command";
import { deleteCommand, duplicateCommand } from "../commands/editing";
import { runToHereCommand } from "../commands/running";
import { useEditor, useReadOnly, useSelectedNodeId } from "../store/store";
import { ExperimentProperties } from "./ExperimentProperties";
import { NodeProperties } from "./NodeProperties";
import classes from "./PropertiesPanel.module.css";

/** What is selected, and what can be set of it. */
export function PropertiesPanel() {
  const node = useSelectedNodeId();
  const several = useEditor((state) => state.selection.nodes.size);
  return (
    <div className={classes.panel}>
      {node ? (
        <NodeProperties key={node} id={node} />
      ) : several > 1 ? (
        <Several count={several} />
      ) : (
        <ExperimentProperties />
      )}
    </div>
  );
}

function Several({ count }: { count: number }) {
  const readOnly = useReadOnly();
  return (
    <div className={classes.section}>
      <h2 className={classes.title}>{plural(count, "node")} selected</h2>
      <p className={classes.text}>Select one node to set its params. All of them together can be:</p>
      {readOnly ? null : (
        <div className={classes.actions}>
          <Button size="xs" variant="default" onClick={() => perform(runToHereCommand)}>
            Run to here
          </Button>
          <Button size="xs" variant="default" onClick={() => perform(duplicateCommand)}>
            Duplicate
          </Button>
          <Button size="xs" variant="default" onClick={() => perform(deleteCommand)}>
            Delete
          </Button>
        </div>
      )}
    </div>
  );
}
