import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { artifactQuery, summaryQuery } from "../../api/artifacts";
import type { ColumnSummary, Summary } from "../../api/types";
import { summedUpWith } from "./columnBlocks";
import { usePassing } from "./passing";

/** What is known of one column, in the rows that are looked at, of a table with so many; large and wide tables are summed up in parts. */
export function useColumnSummary(
  artifact: string,
  columns: number,
  source: number,
): { summary: ColumnSummary | undefined; query: UseQueryResult<Summary> } {
  const facts = useQuery(artifactQuery(artifact));
  const { window, place } = summedUpWith(facts.data?.rows ?? 0, columns, source);
  const { filter, search } = usePassing();
  const query = useQuery({
    ...summaryQuery(artifact, window, { filter, search }),
    enabled: facts.isSuccess,
  });
  return { summary: query.data?.columns[place], query };
}
