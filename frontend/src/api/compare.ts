import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answerOf, api, AS_TEXT, exactAnswerOf } from "./client";
import type { components, operations } from "./schema.gen";
import type { ColumnType } from "./types";

export type Shown = "added" | "removed" | "changed";

export interface Drift {
  /** Population stability index: under 0.1 is little, over 0.25 much. */
  psi: number | null;
  old_missing: number;
  new_missing: number;
  old_mean?: number | null;
  new_mean?: number | null;
  edges?: number[] | null;
  old_counts?: number[] | null;
  new_counts?: number[] | null;
}

export interface ComparedColumn {
  name: string;
  /** Null where the table does not have it. */
  old: ColumnType | null;
  new: ColumnType | null;
  /** Matched rows in which it differs. */
  changed: number;
  drift: Drift | null;
}

export interface TableComparison {
  counts: { added: number; removed: number; changed: number; same: number };
  columns: ComparedColumn[];
  page: {
    total: number;
    columns: string[];
    rows: { old: unknown[] | null; new: unknown[] | null; changed: string[] }[];
    /** Columns of dates in which no value of either table has a time. */
    days?: string[] | null;
  };
}

/** The keys of a join, how they match, and what says more of it, as the join's own params do. */
export type JoinKeys = NonNullable<
  operations["studio_artifacts_explore_api_get_matches"]["parameters"]["query"]
>;

/** How many keys of a sample of the first table the other one has. */
export const matchesQuery = (left: string, right: string, query: JoinKeys) =>
  queryOptions({
    queryKey: ["matches", left, right, query],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET("/api/v1/artifacts/{id}/matches/{other}", {
          params: { path: { id: left, other: right }, query },
          signal,
        }),
      ),
    staleTime: Infinity,
  });

interface Asked {
  key: readonly string[];
  show?: Shown;
  offset?: number;
  limit?: number;
  drift?: boolean;
}

/** What changed from one table to another; rows are matched by the key's columns, or by place. */
export const compareQuery = (old: string, other: string, asked: Asked) =>
  queryOptions({
    queryKey: ["compare", old, other, asked],
    queryFn: ({ signal }) =>
      exactAnswerOf<TableComparison>(
        api.GET("/api/v1/artifacts/{id}/compare/{other}", {
          params: { path: { id: old, other }, query: { ...asked, key: [...asked.key] } },
          signal,
          ...AS_TEXT,
        }),
      ),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });

export type KeyMatches = components["schemas"]["KeyMatches"];
