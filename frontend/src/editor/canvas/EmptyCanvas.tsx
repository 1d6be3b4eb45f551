import { Button } from "@mantine/core";
import { IconDatabase, IconPlus } from "@tabler/icons-react";
import { Link } from "react-router";
import { useCatalog } from "../store/catalog";
import { addCommand } from "../commands/editing";
import { keysOf } from "../commands/keymap";
import { keysText } from "../commands/keys";
import { commandsCommand } from "../commands/viewCommands";
import { openOverlay } from "../window/overlays";
import classes from "./Canvas.module.css";
import { canvasView } from "../window/view";

/** What to do next, where there is nothing yet. */
export function EmptyCanvas({ readOnly }: { readOnly: boolean }) {
  const { datasets } = useCatalog();
  if (readOnly) {
    return (
      <div className={classes.empty}>
        <p className={classes.emptyTitle}>This run had no nodes.</p>
      </div>
    );
  }
  const add = () => {
    const view = canvasView();
    if (!view) return;
    openOverlay({ kind: "quick-add", screen: view.toScreen(view.middle()) });
  };
  return (
    <div className={classes.empty}>
      <p className={classes.emptyTitle}>Start with data</p>
      <p className={classes.emptyText}>
        Drag a dataset from the left onto the canvas, then a module below it, and draw a wire from an output
        to an input. Run shows what comes out.
      </p>
      <div className={classes.emptyActions}>
        <Button size="xs" leftSection={<IconPlus size={14} />} onClick={add}>
          Add a module
        </Button>
        {datasets.length === 0 ? (
          <Button
            size="xs"
            variant="default"
            component={Link}
            to="/datasets"
            leftSection={<IconDatabase size={14} />}
          >
            Upload data
          </Button>
        ) : null}
      </div>
      <p className={classes.emptyKeys}>
        <span>
          <kbd>{keysText(keysOf(addCommand)[0])}</kbd> add a module
        </span>
        <span>
          <kbd>{keysText(keysOf(commandsCommand)[0])}</kbd> all commands
        </span>
        <span>
          <kbd>?</kbd> shortcuts
        </span>
      </p>
    </div>
  );
}
