/** Verbs that start and stop runs. */

import {
  IconBug,
  IconPlayerPlay,
  IconPlayerSkipForward,
  IconPlayerStop,
  IconPlayerTrackNext,
  IconRefresh,
} from "@tabler/icons-react";
import { create } from "zustand";
import { isProblem } from "../../api/problem";
import { cancelRun, startRun, type RunWish } from "../../api/runs";
import type { RunHead } from "../../api/types";
import { queries } from "../../api/queryClient";
import { findNode } from "../../graph/read";
import { downstream } from "../../graph/reach";
import type { Problem } from "../../graph/types";
import { adoptRun } from "../../runs/live";
import { latestRun, shownHead } from "../run/nodeResult";
import { showProblem } from "../../ui/showProblem";
import { useMargin } from "../window/margin";
import { isUnsaved, saveNow } from "../store/autosave";
import { showProblems } from "../store/open";
import { isReadOnly, useEditor } from "../store/store";
import { breakpointsOf } from "../window/breakpoints";
import type { Command } from "./command";
import { A_NODE, toEdit } from "./needs";

const state = useEditor.getState;

/** True between the press of Run and the server's answer. */
export const useStarting = create<{ starting: boolean; cancelling: string | null }>(() => ({
  starting: false,
  cancelling: null,
}));

export const isUnderWay = (run: Pick<RunHead, "state"> | null | undefined): boolean =>
  run?.state === "queued" || run?.state === "running";

async function run(options: RunWish = {}): Promise<void> {
  const { id } = state();
  if (id === null || useStarting.getState().starting) return;
  useStarting.setState({ starting: true });
  try {
    await saveNow();
    if (isUnsaved())
      throw new Error(
        "The latest edits are not saved, and a run takes the saved version. Try again once they are.",
      );
    const started = await startRun(id, { watch: useMargin.getState().shown, ...options });
    showProblems([]);
    adoptRun(queries, started);
  } catch (error) {
    if (isProblem(error) && error.status === 422 && error.errors.length > 0) {
      showProblems(
        error.errors.map((entry) => ({ code: "problem", ...entry, node: entry.node ?? "" }) as Problem),
      );
    } else {
      showProblem("The run was not started", error);
    }
  } finally {
    useStarting.setState({ starting: false });
  }
}

const canRun = () => !isReadOnly(state()) && state().draft.nodes.length > 0 && !isUnderWay(latestRun());

const toRun = (): string =>
  isUnderWay(latestRun())
    ? "A run is under way"
    : toEdit(state().draft.nodes.length === 0 ? "There is no node yet" : "Not now")();
const toRunNodes = (): string => (canRun() ? A_NODE : toRun());

export const runCommand: Command = {
  id: "run",
  label: "Run",
  group: "Run",
  Icon: IconPlayerPlay,
  keys: ["Ctrl+Enter"],
  everywhere: true,
  enabled: canRun,
  needs: toRun,
  run: () => run(),
};

export const runToHereCommand: Command = {
  id: "run-to-here",
  label: "Run to here",
  group: "Run",
  Icon: IconPlayerSkipForward,
  keys: ["Ctrl+Shift+Enter"],
  everywhere: true,
  enabled: () => hasSelection(),
  needs: toRunNodes,
  run: () => run({ until: selected() }),
};

/** These nodes and what they need, whatever is selected. */
export const runUntil = (nodes: string[]): Promise<void> => run({ until: nodes });

/** Runs up to a script and stops at its breakpoints; without any, at its first line. */
export async function debugNode(node: string): Promise<void> {
  const breakpoints = breakpointsOf(state().id, node);
  await run({ debug: { node, breakpoints, entry: breakpoints.length === 0 } });
}

/** The one script of Python that is selected. */
function selectedScript(): string | null {
  const [id, ...others] = selected();
  const node = others.length === 0 && id !== undefined ? findNode(state().draft, id) : undefined;
  return node?.module === PYTHON ? node.id : null;
}

export const PYTHON = "execute-python-script";

const debugCommand: Command = {
  id: "debug",
  label: "Debug the selected Python script",
  group: "Run",
  Icon: IconBug,
  enabled: () => canRun() && selectedScript() !== null,
  needs: () => (canRun() ? "Select one Execute Python Script" : toRun()),
  run: async () => {
    const node = selectedScript();
    if (node !== null) await debugNode(node);
  },
};

const hasSelection = () => canRun() && state().selection.nodes.size > 0;
const selected = (): string[] => [...state().selection.nodes];
const fromHere = (): string[] => [...new Set([...selected(), ...downstream(state().draft, selected())])];

const runSelectedCommand: Command = {
  id: "run-selected",
  label: "Run selected again, take the rest from the cache",
  group: "Run",
  Icon: IconPlayerPlay,
  enabled: hasSelection,
  needs: toRunNodes,
  run: () => run({ until: selected(), anew: selected() }),
};

const runFromHereCommand: Command = {
  id: "run-from-here",
  label: "Run from here",
  group: "Run",
  Icon: IconPlayerTrackNext,
  enabled: hasSelection,
  needs: toRunNodes,
  run: () => run({ until: fromHere() }),
};

const runFromHereAnywayCommand: Command = {
  id: "run-from-here-anyway",
  label: "Run from here, ignore the cache",
  group: "Run",
  Icon: IconRefresh,
  enabled: hasSelection,
  needs: toRunNodes,
  run: () => run({ until: fromHere(), anew: fromHere() }),
};

export const runAnewCommand: Command = {
  id: "run-anew",
  label: "Run all, ignore the cache",
  group: "Run",
  Icon: IconRefresh,
  enabled: canRun,
  needs: toRun,
  run: () => run({ force: true }),
};

export const cancelCommand: Command = {
  id: "cancel",
  label: "Cancel the run",
  group: "Run",
  Icon: IconPlayerStop,
  keys: ["Ctrl+."],
  enabled: () => isUnderWay(shownHead()),
  needs: "Nothing runs",
  run: async () => {
    const head = shownHead();
    if (!head) return;
    useStarting.setState({ cancelling: head.id });
    await cancelRun(head.id).catch((error: unknown) => {
      useStarting.setState({ cancelling: null });
      showProblem("The run was not cancelled", error);
    });
  },
};

/** What can be asked of the selected nodes. */
export const runningSelected: Command[] = [
  runToHereCommand,
  runSelectedCommand,
  runFromHereCommand,
  runFromHereAnywayCommand,
  debugCommand,
];

export const running: Command[] = [runCommand, ...runningSelected, runAnewCommand, cancelCommand];
