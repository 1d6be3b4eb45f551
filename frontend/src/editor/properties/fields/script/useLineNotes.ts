/** What each line of a node's script made: in the last try, else in the shown run, if the script is still that one. */

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { linesQuery } from "../../../../api/runs";
import type { LineValue } from "../../../../api/types";
import type { LineNote } from "../../../../ui/code/lineNotes";
import { useCurrentRun, useNodeRun } from "../../../run/hooks";
import { useMargin } from "../../../window/margin";
import { useShownRunId } from "../../../../runs/shown";
import { lineText } from "./lineText";
import { useTried } from "./trying";

export interface LineNotes {
  notes: readonly LineNote[];
  lines: readonly LineValue[];
  /** The script that made them. */
  basis: string;
}

const NONE: readonly LineValue[] = [];

export function useLineNotes(node: string, param: string, language: string): LineNotes {
  const wanted = useMargin((state) => state.shown) && language === "python";
  const run = useShownRunId();
  const state = useNodeRun(node)?.state;
  const ended = state === "finished" || state === "failed";
  const ranWith = useCurrentRun(({ graph }) => graph.nodes?.find(({ id }) => id === node)?.params?.[param]);
  const { data } = useQuery({ ...linesQuery(run ?? "", node), enabled: wanted && run !== null && ended });
  const tried = useTried((all) => all.tried[node]);
  const fresh = tried && tried.run === run ? tried : null;
  const lines = !wanted ? NONE : fresh ? fresh.answer.lines : (data ?? NONE);
  const basis = String((fresh ? fresh.params[param] : ranWith) ?? "");
  return useMemo(() => {
    const notes = lines.flatMap((line) => {
      const text = lineText(line);
      return text ? [{ line: line.line, text, opens: line.values.some(({ head }) => head !== null) }] : [];
    });
    return { notes, lines, basis };
  }, [lines, basis]);
}
