import { redoCommand, undoCommand } from "../commands/editing";
import { historyCommand } from "../commands/viewCommands";
import { useEditor } from "../store/store";
import { CommandButton } from "./CommandButton";
import { ExperimentName } from "./ExperimentName";
import { MoreMenu } from "./MoreMenu";
import { Presence } from "./Presence";
import { RunControls } from "./RunControls";
import { SaveState } from "./SaveState";
import classes from "./Toolbar.module.css";

export function Toolbar() {
  return (
    <div role="toolbar" aria-label="Experiment" className={classes.toolbar}>
      <ExperimentName />
      <SaveState />
      <UndoButtons />
      <Presence />
      <span className={classes.gap} />
      <RunControls />
      <span className={classes.rule} />
      <CommandButton command={historyCommand} />
      <MoreMenu />
    </div>
  );
}

function UndoButtons() {
  useEditor((state) => state.past.at(-1)?.label ?? "");
  useEditor((state) => state.future.at(-1)?.label ?? "");
  return (
    <>
      <CommandButton command={undoCommand} />
      <CommandButton command={redoCommand} />
    </>
  );
}
