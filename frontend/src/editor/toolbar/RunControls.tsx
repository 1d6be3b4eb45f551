import { Button } from "@mantine/core";
import { IconPlayerPlay, IconPlayerStop } from "@tabler/icons-react";
import { useEffect } from "react";
import { useShownHead } from "../run/hooks";
import { StateBadge } from "../../ui/StateBadge";
import { duration } from "../../ui/words";
import { useElapsed } from "../../ui/useElapsed";
import { isEnabled, perform } from "../commands/command";
import { keysOf } from "../commands/keymap";
import { keysText } from "../commands/keys";
import { cancelCommand, isUnderWay, runCommand, runToHereCommand, useStarting } from "../commands/running";
import { useEditor } from "../store/store";
import { CommandButton } from "./CommandButton";
import { RunProgress } from "./RunProgress";
import { Tip } from "../../ui/Tip";
import classes from "./Toolbar.module.css";

/** Run, Run to here, Cancel, and how the run on the screen stands. */
export function RunControls() {
  const run = useShownHead();
  const { starting, cancelling } = useStarting();
  const elapsed = useElapsed(run ?? null);
  // What the commands look at: a change of it redraws the buttons.
  useEditor((state) => state.selection.nodes.size > 0);
  useEditor((state) => state.draft.nodes.length > 0);
  const underWay = isUnderWay(run);

  useEffect(() => {
    if (!underWay) useStarting.setState({ cancelling: null });
  }, [underWay]);

  return (
    <div className={classes.run}>
      {run ? (
        <span role="status" aria-label="Run state" className={classes.runState}>
          <span className={classes.runNumber}>Run {run.number}</span>
          <StateBadge state={run.state} {...(elapsed === null ? {} : { detail: duration(elapsed) })} />
        </span>
      ) : null}
      <RunProgress />
      <CommandButton command={runToHereCommand} />
      {underWay ? (
        <Button
          color="red"
          className={classes.runButton}
          variant="light"
          leftSection={<IconPlayerStop size={16} />}
          loading={cancelling === run?.id}
          onClick={() => perform(cancelCommand)}
        >
          Cancel
        </Button>
      ) : (
        <Tip label={`Run the experiment  ${keysText(keysOf(runCommand)[0]) ?? ""}`}>
          <Button
            className={classes.runButton}
            leftSection={<IconPlayerPlay size={16} />}
            loading={starting}
            aria-disabled={!isEnabled(runCommand)}
            data-disabled={!isEnabled(runCommand) || undefined}
            onClick={() => perform(runCommand)}
          >
            Run
          </Button>
        </Tip>
      )}
    </div>
  );
}
