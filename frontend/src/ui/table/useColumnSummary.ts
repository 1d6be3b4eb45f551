import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { summaryQuery } from "../../api/artifacts";
import type { ColumnSummary, Summary } from "../../api/types";
import { blockOf, placeIn, windowOf } from "./columnBlocks";

/** What is known of one column of a table with so many; wide tables are summed up block by block. */
export function useColumnSummary(
  artifact: string,
  columns: number,
  source: number,
): { summary: ColumnSummary | undefined; query: UseQueryResult<Summary> } {
  const query = useQuery(summaryQuery(artifact, windowOf(columns, blockOf(columns, source))));
  return { summary: query.data?.columns[placeIn(columns, source)], query };
}
