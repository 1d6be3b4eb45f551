/** What is known of the script in the debugger: stopped or running, where, and what its names hold. */

import { create } from "zustand";
import { attach, order } from "../../runs/dialogues";
import { lookAt } from "../window/lookAt";
import { breakpointsOf, useBreakpoints } from "../window/breakpoints";
import { useEditor } from "../store/store";

export interface Frame {
  id: number;
  name: string;
  file: string;
  line: number;
}

export interface Variable {
  name: string;
  value: string;
  type: string;
  reference: number;
  opens: boolean;
  table: boolean;
}

export interface Scope {
  name: string;
  variables: Variable[];
}

export interface VerifiedBreakpoint {
  file: string;
  wanted: number;
  line: number;
  verified: boolean;
  message: string;
}

/** A statement to which the script can go back. */
export interface PastStatement {
  number: number;
  file: string;
  line: number;
  function: string;
  text: string;
  threads: boolean;
}

interface Debugged {
  node: string | null;
  dialogue: string | null;
  state: "away" | "running" | "paused";
  reason: string;
  text: string;
  stack: Frame[];
  scopes: Scope[];
  marks: VerifiedBreakpoint[];
  /** The frame that is looked at. */
  frame: number;
  /** Counts the stops, so that watches are asked for anew. */
  stops: number;
  /** The line of the cursor in the script. */
  cursor: number;
  /** The last statements, the latest first; and how many went by since then that are not held. */
  past: PastStatement[];
  passed: number;
  /** Whether it is stopped before a statement, from which it can go on with other code. */
  atStatement: boolean;
  /** The script that runs; null if this page does not know it. */
  script: string | null;
}

const NOTHING: Debugged = {
  node: null,
  dialogue: null,
  state: "away",
  reason: "",
  text: "",
  stack: [],
  scopes: [],
  marks: [],
  frame: 0,
  stops: 0,
  cursor: 1,
  past: [],
  passed: 0,
  atStatement: false,
  script: null,
};

export const useDebugged = create<Debugged>()(() => NOTHING);
/** Their tabs, beside the results. */
export const CONSOLE = "console";
export const DEBUGGER = "debugger";
/** The module of scripts in R, which have a console and no debugger. */
export const R = "execute-r-script";

interface Told {
  state?: "running" | "paused";
  reason?: string;
  text?: string;
  stack?: Frame[];
  scopes?: Scope[];
  breakpoints?: VerifiedBreakpoint[];
  past?: PastStatement[];
  passed?: number;
  at_statement?: boolean;
  edit?: string;
}

/** The texts of the script that is followed, by the names that this page gave to its edits; "" is the first. */
let texts = new Map<string, string>();

function take(told: Told): void {
  useDebugged.setState((before) => ({
    state: told.state ?? before.state,
    reason: told.reason ?? "",
    text: told.text ?? "",
    stack: told.stack ?? [],
    scopes: told.scopes ?? [],
    marks: told.breakpoints ?? before.marks,
    frame: 0,
    stops: before.stops + 1,
    past: told.past ?? [],
    passed: told.passed ?? 0,
    atStatement: told.at_statement ?? false,
    script: told.edit === undefined ? before.script : (texts.get(told.edit) ?? null),
  }));
}

/** Follows a debugged node until the function that it returns is called. */
export function follow(node: string, dialogue: string): () => void {
  const script = scriptOf(node) ?? null;
  texts = new Map(script === null ? [] : [["", script]]);
  useDebugged.setState((before) => ({
    ...NOTHING,
    cursor: before.cursor,
    node,
    dialogue,
    state: "running",
    script,
  }));
  const known = useBreakpoints.getState();
  const stop = attach(
    dialogue,
    (event, body) => {
      if (event === "stopped") {
        take(body);
        lookAt(node, DEBUGGER);
      } else if (event === "continued")
        useDebugged.setState({ state: "running", stack: [], scopes: [], past: [], atStatement: false });
      else if (event === "breakpoint") {
        const mark = body as unknown as VerifiedBreakpoint;
        useDebugged.setState(({ marks }) => ({
          marks: marks.map((one) => (one.file === mark.file && one.wanted === mark.wanted ? mark : one)),
        }));
      }
    },
    (told) => {
      take(told as Told);
      // Those that were set before the worker listened.
      if (useBreakpoints.getState() !== known) void tellBreakpoints(node, dialogue);
    },
  );
  const unsubscribe = useBreakpoints.subscribe(() => void tellBreakpoints(node, dialogue));
  return () => {
    stop();
    unsubscribe();
    useDebugged.setState((before) => ({ ...NOTHING, cursor: before.cursor }));
  };
}

async function tellBreakpoints(node: string, dialogue: string): Promise<void> {
  const breakpoints = breakpointsOf(useEditor.getState().id, node);
  const told = await order(dialogue, "setBreakpoints", { breakpoints }).catch(() => null);
  if (told) useDebugged.setState({ marks: told["breakpoints"] as VerifiedBreakpoint[] });
}

/** Orders something of the script that is debugged. */
export function tell(
  command: string,
  args: Record<string, unknown> = {},
  patience?: number | null,
): Promise<Record<string, unknown>> {
  const { dialogue } = useDebugged.getState();
  if (dialogue === null) return Promise.reject(new Error("No script is in the debugger."));
  return order(dialogue, command, args, patience);
}

/** Goes back to one of the last statements. */
export const goBack = async (to: number): Promise<void> => void (await tell("rewind", { to }));

/** The script as it stands in the editor; undefined while it is the template. */
export function scriptOf(node: string | null): string | undefined {
  const found = useEditor.getState().draft.nodes.find(({ id }) => id === node)?.params["script"];
  return typeof found === "string" ? found : undefined;
}

/** Goes on from this statement with this script. */
export async function applyEdits(script: string): Promise<void> {
  const edit = `${Date.now()}.${texts.size}`;
  texts.set(edit, script);
  await tell("rewind", { script, edit });
}

/** Looks at another frame of the stack. */
export async function lookAtFrame(frame: number): Promise<void> {
  const told = await tell("scopes", { frame });
  useDebugged.setState({ frame, scopes: told["scopes"] as Scope[] });
}

/** The value of an expression in the frame that is looked at, as a sentence. */
export async function evaluate(
  expression: string,
  context: "watch" | "hover" | "repl",
): Promise<Variable & { output: string }> {
  const { frame } = useDebugged.getState();
  const told = await tell("evaluate", { expression, context, frame }, context === "repl" ? null : undefined);
  return told as unknown as Variable & { output: string };
}
