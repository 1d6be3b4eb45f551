/** Where scripts are to stop in the debugger; remembered in this browser, by experiment and node. */

import { create } from "zustand";
import { persist } from "zustand/middleware";

export interface Breakpoint {
  /** `script.py`, or `Script Bundle/` and a path in the zip. */
  file: string;
  line: number;
  condition?: string;
}

export const SCRIPT = "script.py";
const MOST = 200;

interface Breakpoints {
  byNode: Record<string, readonly Breakpoint[]>;
}

export const useBreakpoints = create<Breakpoints>()(
  persist((): Breakpoints => ({ byNode: {} }), { name: "studio.breakpoints" }),
);

const NONE: readonly Breakpoint[] = [];
const keyOf = (experiment: string | null, node: string): string => `${experiment ?? ""}/${node}`;

export const breakpointsOf = (experiment: string | null, node: string): readonly Breakpoint[] =>
  useBreakpoints.getState().byNode[keyOf(experiment, node)] ?? NONE;

export const useBreakpointsOf = (experiment: string | null, node: string): readonly Breakpoint[] =>
  useBreakpoints((state) => state.byNode[keyOf(experiment, node)] ?? NONE);

export function setBreakpoints(experiment: string | null, node: string, to: readonly Breakpoint[]): void {
  const sorted = to
    .toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line)
    .filter((one, at, all) => one.file !== all[at - 1]?.file || one.line !== all[at - 1]?.line)
    .slice(0, MOST);
  useBreakpoints.setState(({ byNode }) => {
    const { [keyOf(experiment, node)]: _, ...others } = byNode;
    return { byNode: sorted.length > 0 ? { ...others, [keyOf(experiment, node)]: sorted } : others };
  });
}

/** Sets one on a line of the script, or takes it away. */
export function toggleBreakpoint(experiment: string | null, node: string, line: number): void {
  const known = breakpointsOf(experiment, node);
  const without = known.filter((one) => one.file !== SCRIPT || one.line !== line);
  setBreakpoints(
    experiment,
    node,
    without.length < known.length ? without : [...known, { file: SCRIPT, line }],
  );
}
