/** A script's editor while it is debugged: breakpoints in its gutter, the line on which it stands, values at the pointer. */

import type { Extension } from "@codemirror/state";
import { useMemo } from "react";
import { debugging } from "../../ui/code/breakpoints";
import { useEditor } from "../store/store";
import { SCRIPT, toggleBreakpoint, useBreakpointsOf } from "../window/breakpoints";
import { evaluate, useDebugged } from "./state";

const NONE: Extension = [];

export function useDebugging(node: string, language: string, readOnly: boolean): Extension {
  const experiment = useEditor((state) => state.id);
  const breakpoints = useBreakpointsOf(experiment, node);
  const mine = useDebugged((state) => state.node === node);
  const marks = useDebugged((state) => state.marks);
  const paused = useDebugged((state) => mine && state.state === "paused");
  const stopped = useDebugged((state) => {
    const frame = state.node === node ? state.stack[state.frame] : undefined;
    return frame?.file === SCRIPT ? frame.line : null;
  });
  return useMemo(() => {
    if (language !== "python" || readOnly) return NONE;
    return debugging({
      breakpoints: breakpoints
        .filter(({ file }) => file === SCRIPT)
        .map((one) => {
          const mark = mine
            ? marks.find(({ file, wanted }) => file === SCRIPT && wanted === one.line)
            : undefined;
          return { ...one, ...(mark && { verified: mark.verified, message: mark.message }) };
        }),
      stopped,
      onToggle: (line) => toggleBreakpoint(experiment, node, line),
      onCursor: (cursor) => useDebugged.setState({ cursor }),
      valueOf: paused ? async (name) => (await evaluate(name, "hover")).value : null,
    });
  }, [language, readOnly, breakpoints, mine, marks, stopped, paused, experiment, node]);
}
