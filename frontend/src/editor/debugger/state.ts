/** What is known of the script in the debugger: stopped or running, where, and what its names hold. */

import { create } from "zustand";
import { listen, order } from "../../runs/dialogues";
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
};

export const useDebugged = create<Debugged>()(() => NOTHING);
/** Their tabs, beside the results. */
export const CONSOLE = "console";
export const DEBUGGER = "debugger";

interface Told {
  state?: "running" | "paused";
  reason?: string;
  text?: string;
  stack?: Frame[];
  scopes?: Scope[];
  breakpoints?: VerifiedBreakpoint[];
}

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
  }));
}

/** Follows a debugged node until the function that it returns is called. */
export function follow(node: string, dialogue: string): () => void {
  useDebugged.setState((before) => ({ ...NOTHING, cursor: before.cursor, node, dialogue, state: "running" }));
  const attach = () => void order(dialogue, "attach").then(take, () => undefined);
  const stop = listen(
    dialogue,
    (event, body) => {
      if (event === "stopped") {
        take(body);
        lookAt(node, DEBUGGER);
      } else if (event === "continued") useDebugged.setState({ state: "running", stack: [], scopes: [] });
      else if (event === "breakpoint") {
        const mark = body as unknown as VerifiedBreakpoint;
        useDebugged.setState(({ marks }) => ({
          marks: marks.map((one) => (one.file === mark.file && one.wanted === mark.wanted ? mark : one)),
        }));
      }
    },
    attach,
  );
  attach();
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
