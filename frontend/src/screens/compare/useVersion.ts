import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { experimentQuery } from "../../api/experiments";
import { runQuery, sinceQuery } from "../../api/runs";
import type { Apart, Run } from "../../api/types";
import { whole } from "../../graph/whole";
import type { Graph } from "../../graph/types";

export const DRAFT = "draft";

/** The graph of a run as it was, or of the experiment as it is now (`draft`). */
export function useVersion(
  experiment: string,
  version: string,
): { graph: Graph | undefined; run: Run | undefined; error: unknown } {
  const isDraft = version === DRAFT;
  const draft = useQuery({ ...experimentQuery(experiment), enabled: isDraft, staleTime: 0 });
  const run = useQuery({ ...runQuery(version), enabled: !isDraft });
  const found = isDraft ? draft.data : run.data?.graph;
  const graph = useMemo(() => found && whole(found), [found]);
  return { graph, run: isDraft ? undefined : run.data, error: isDraft ? draft.error : run.error };
}

const NOTHING: Readonly<Record<string, Apart[]>> = {};

/**
 * What differs though the graphs may not, by node: the versions that nodes took of datasets, or would take now, and
 * what modules and libraries were. Undefined while that is not known.
 */
export function useApart(from: string, to: string): Readonly<Record<string, Apart[]>> | undefined {
  const [run, until] = from === DRAFT ? [to, undefined] : [from, to === DRAFT ? undefined : to];
  const isAsked = run !== DRAFT && run !== until;
  const { data, isError } = useQuery({ ...sinceQuery(run, until), enabled: isAsked });
  return useMemo(() => {
    if (!isAsked || isError) return NOTHING;
    return data && from === DRAFT ? turned(data) : data;
  }, [data, from, isAsked, isError]);
}

const turned = (apart: Record<string, Apart[]>): Record<string, Apart[]> =>
  Object.fromEntries(
    Object.entries(apart).map(([node, told]) => [
      node,
      told.map(({ what, before, after }) => ({ what, before: after, after: before })),
    ]),
  );
