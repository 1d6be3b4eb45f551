/** What came of trying nodes on a few rows, until the page is left; and how the person wants to try. */

import { create } from "zustand";
import { persist } from "zustand/middleware";
import { tryNode } from "../../../../api/trying";
import type { Tried } from "../../../../api/types";
import { aboveText } from "../../../../graph/above";
import { findNode } from "../../../../graph/read";
import { shownRunId } from "../../../../runs/shown";
import { saveNow } from "../../../store/autosave";
import { useEditor } from "../../../store/store";

interface Try {
  answer: Tried;
  /** What was tried, by param. */
  params: Readonly<Record<string, unknown>>;
  /** What the answer stands on. */
  above: string;
  /** The run that was shown then: a later one tells more. */
  run: string | null;
  /** Milliseconds from the press to the answer. */
  took: number;
}

interface AllTried {
  tried: Readonly<Record<string, Try>>;
  busy: Readonly<Record<string, number>>;
  problems: Readonly<Record<string, unknown>>;
}

export const useTried = create<AllTried>()(() => ({ tried: {}, busy: {}, problems: {} }));

interface TrySettings {
  random: boolean;
  asTyped: boolean;
}

export const useTrySettings = create<TrySettings>()(
  persist((): TrySettings => ({ random: false, asTyped: false }), { name: "studio.try" }),
);

export const TRIED_ROWS = 1000;
let last = 0;

/** Tries the node as it stands in the editor. A later try of the same node takes the place of this one. */
export async function tryOnSample(node: string): Promise<void> {
  const { id, draft } = useEditor.getState();
  const params = findNode(draft, node)?.params;
  if (id === null || !params) return;
  const number = (last += 1);
  const above = aboveText(draft, node);
  const began = performance.now();
  const run = shownRunId();
  useTried.setState(({ busy }) => ({ busy: { ...busy, [node]: number } }));
  try {
    await saveNow();
    const answer = await tryNode(id, node, {
      rows: TRIED_ROWS,
      random: useTrySettings.getState().random,
      params,
    });
    if (answer.failure?.type === "Replaced") return;
    const took = performance.now() - began;
    settle(node, number, (state) => ({
      tried: { ...state.tried, [node]: { answer, params, above, run, took } },
      problems: { ...state.problems, [node]: null },
    }));
  } catch (problem) {
    settle(node, number, (state) => ({ problems: { ...state.problems, [node]: problem } }));
  }
}

function settle(node: string, number: number, change: (state: AllTried) => Partial<AllTried>): void {
  useTried.setState((state) =>
    state.busy[node] === number ? { ...change(state), busy: { ...state.busy, [node]: 0 } } : state,
  );
}
