/** Why the script of a node failed, with the calls that led there. */

import { useMemo } from "react";
import type { ErrorFrame } from "../../../../api/types";
import type { ErrorNote } from "../../../../ui/code/errorNote";
import { plainText } from "../../../../ui/plainText";
import { failureText } from "../../../../runs/failureText";
import { useShownRunId } from "../../../../runs/shown";
import { useNodeRun } from "../../../run/hooks";
import { useTried } from "./trying";
import { valueText } from "./valueText";

export interface ScriptFailure {
  /** It came up in a try, and not in the run that is shown. */
  tried: boolean;
  frames: readonly ErrorFrame[];
  /** At the script's own line. */
  note: ErrorNote | null;
  /** By file of the bundle: at the line of its last call. */
  inBundle: ReadonlyMap<string, ErrorNote>;
}

const NONE: readonly ErrorFrame[] = [];
const CHIPS = 8;

/**
 * `error` and `line`: what is said at the param; frames are those of the run, if it is the run that failed there. A try
 * since that run tells more than it does.
 */
export function useScriptFailure(node: string, said: string | null, at: number | null): ScriptFailure {
  const ran = useNodeRun(node)?.error;
  const run = useShownRunId();
  const tried = useTried((state) => state.tried[node]);
  const isTried = tried !== undefined && tried.run === run;
  const failed = isTried ? tried.answer.failure : ran;
  const isHere = isTried && failed != null && "node" in failed && failed.node === node;
  const error = isTried ? (isHere ? failureText(failed) : null) : said;
  const line = isTried ? (isHere ? (failed.line ?? null) : null) : at;
  const frames = (failed?.line === line && failed?.frames) || NONE;
  return useMemo(() => {
    const message = plainText(error ?? "");
    const notes = new Map(
      frames.filter(({ bundle }) => bundle).map((frame) => [frame.file, noteOf(frame, message)] as const),
    );
    const own = frames.findLast((frame) => isScript(frame) && frame.line === line);
    const note = line === null ? null : own ? noteOf(own, message) : { line, message, values: [] };
    return { tried: isTried, frames, note, inBundle: notes };
  }, [isTried, frames, error, line]);
}

const isScript = ({ bundle, library }: ErrorFrame): boolean => !bundle && !library;

const noteOf = ({ line, locals }: ErrorFrame, message: string): ErrorNote => ({
  line,
  message,
  values: locals.slice(0, CHIPS).map((value) => ({ name: value.name, text: valueText(value) })),
});
