import { useQuery } from "@tanstack/react-query";
import { experimentQuery } from "../../api/experiments";
import { runQuery } from "../../api/runs";
import { whole } from "../../graph/clipboard";
import type { Graph } from "../../graph/types";

export const DRAFT = "draft";

/** The graph of a run as it was, or of the experiment as it is now (`draft`). */
export function useVersion(
  experiment: string,
  version: string,
): { graph: Graph | undefined; error: unknown } {
  const isDraft = version === DRAFT;
  const draft = useQuery({ ...experimentQuery(experiment), enabled: isDraft, staleTime: 0 });
  const run = useQuery({ ...runQuery(version), enabled: !isDraft });
  const graph = isDraft ? draft.data : run.data?.graph;
  return { graph: graph && whole(graph), error: isDraft ? draft.error : run.error };
}
