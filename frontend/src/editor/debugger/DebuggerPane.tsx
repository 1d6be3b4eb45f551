import { Button } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowBarToDown,
  IconArrowBarToRight,
  IconArrowBarUp,
  IconBug,
  IconCursorText,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
} from "@tabler/icons-react";
import { useState, type KeyboardEvent } from "react";
import { EmptyState } from "../../ui/EmptyState";
import { IconButton } from "../../ui/IconButton";
import { showProblem } from "../../ui/showProblem";
import { cancelCommand, debugNode } from "../commands/running";
import { useNodeRun } from "../run/hooks";
import { useReadOnly } from "../store/store";
import { BreakpointList } from "./BreakpointList";
import { Past } from "./Past";
import { Prompt } from "./Prompt";
import { Stack } from "./Stack";
import { goBack, tell, useDebugged } from "./state";
import { Variables } from "./Variables";
import { Watches } from "./Watches";
import classes from "./Debugger.module.css";

const REASONS: Record<string, string> = {
  breakpoint: "Stopped at a breakpoint",
  "breakpoint()": "Stopped at breakpoint()",
  step: "Stopped after a step",
  entry: "Stopped at the first line",
  goto: "Stopped at the cursor",
  pause: "Paused",
  exception: "Stopped where it fails",
  rewind: "Went back to this statement",
  edited: "Goes on with the edited script",
};

const order = (command: string, args?: Record<string, unknown>): void =>
  void tell(command, args).catch((problem: unknown) => showProblem("The debugger did not do it", problem));

const runToCursor = (): void => order("runTo", { file: "script.py", line: useDebugged.getState().cursor });

/** Back to the statement before the one at which it is stopped. */
function stepBack(): void {
  const { past, atStatement } = useDebugged.getState();
  const to = past[atStatement ? 1 : 0];
  if (to) goBack(to.number).catch((problem: unknown) => showProblem("It cannot go back", problem));
}

/** The keys of the debugger, while it has the focus. */
function onKey(event: KeyboardEvent): void {
  const paused = useDebugged.getState().state === "paused";
  const command =
    event.key === "F8"
      ? paused
        ? "continue"
        : "pause"
      : event.key === "F10" && paused
        ? "next"
        : event.key === "F11" && paused
          ? event.shiftKey
            ? "stepOut"
            : "stepIn"
          : null;
  if (event.key === "F9" && event.shiftKey && paused) {
    event.preventDefault();
    stepBack();
    return;
  }
  if (command === null || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  order(command);
}

/** The debugger of one script: what it can be told, where it stands, and what is in its names. */
export function DebuggerPane({ node }: { node: string }) {
  const mine = useDebugged((state) => state.node === node);
  const run = useNodeRun(node);
  return (
    <div className={classes.pane} onKeyDown={mine ? onKey : undefined} role="group" aria-label="Debugger">
      {mine ? (
        <>
          <Controls />
          <div className={classes.columns}>
            <section className={classes.column} aria-label="Where it stands">
              <Stack />
              <Past node={node} />
              <BreakpointList node={node} />
            </section>
            <section className={classes.column} aria-label="Variables">
              <Variables />
            </section>
            <section className={classes.column} aria-label="Expressions">
              <Watches node={node} />
              <Prompt />
            </section>
          </div>
        </>
      ) : (
        <div className={classes.columns}>
          <section className={classes.column} aria-label="Start">
            <Start node={node} waits={run?.state === "queued"} />
          </section>
          <section className={classes.column} aria-label="Breakpoints">
            <BreakpointList node={node} />
          </section>
        </div>
      )}
    </div>
  );
}

function Start({ node, waits }: { node: string; waits: boolean }) {
  const readOnly = useReadOnly();
  if (readOnly)
    return <EmptyState title="A prior run is shown">Go back to the experiment to debug it.</EmptyState>;
  return (
    <EmptyState
      title={waits ? "Waiting for the nodes above" : "The script is not in the debugger"}
      actions={
        <Button
          size="xs"
          leftSection={<IconBug size={15} />}
          disabled={waits}
          onClick={() => void debugNode(node)}
        >
          Debug this script
        </Button>
      }
    >
      Click beside a line number of the script, or press Ctrl+F8, to set a breakpoint. Without any, it stops
      at the first line of azureml_main.
    </EmptyState>
  );
}

function Controls() {
  const { state, reason, text, past, atStatement } = useDebugged();
  const [stopping, setStopping] = useState(false);
  const paused = state === "paused";
  return (
    <div className={classes.controls} role="toolbar" aria-label="Debugger controls">
      {paused ? (
        <IconButton label="Continue" shortcut="F8" onClick={() => order("continue")}>
          <IconPlayerPlay size={16} />
        </IconButton>
      ) : (
        <IconButton label="Pause" shortcut="F8" onClick={() => order("pause")}>
          <IconPlayerPause size={16} />
        </IconButton>
      )}
      <IconButton label="Step over" shortcut="F10" disabled={!paused} onClick={() => order("next")}>
        <IconArrowBarToRight size={16} />
      </IconButton>
      <IconButton label="Step into" shortcut="F11" disabled={!paused} onClick={() => order("stepIn")}>
        <IconArrowBarToDown size={16} />
      </IconButton>
      <IconButton label="Step out" shortcut="Shift+F11" disabled={!paused} onClick={() => order("stepOut")}>
        <IconArrowBarUp size={16} />
      </IconButton>
      <IconButton
        label="Step back"
        shortcut="Shift+F9"
        disabled={!paused || past.length < (atStatement ? 2 : 1)}
        onClick={stepBack}
      >
        <IconArrowBackUp size={16} />
      </IconButton>
      <IconButton label="Run to the cursor" disabled={!paused} onClick={runToCursor}>
        <IconCursorText size={16} />
      </IconButton>
      <IconButton
        label="Stop"
        disabled={stopping}
        onClick={() => {
          setStopping(true);
          void cancelCommand.run();
        }}
      >
        <IconPlayerStop size={16} />
      </IconButton>
      <span className={classes.status} role="status" aria-label="State of the debugger">
        {paused ? (REASONS[reason] ?? "Stopped") : "Running"}
        {text ? <code className={classes.text}>{text}</code> : null}
      </span>
    </div>
  );
}
