import { keepPreviousData, useQueries, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useMemo } from "react";
import { rowsQuery } from "../../api/artifacts";
import type { RowFilter, Rows } from "../../api/types";
import { useSettled } from "./useSettled";

/** Cells a page holds, about: wide tables get fewer rows at once. */
const CELLS = 12_000;
const KEPT_MS = 60_000;
/** How long the scroll rests before rows are asked for. */
const REST_MS = 70;

export const pageRows = (columns: number): number =>
  Math.max(10, Math.min(200, Math.floor(CELLS / Math.max(1, columns))));

/** How rows are ordered, and which are left. */
export interface View {
  sort?: string;
  filter: RowFilter[];
}

const page = (artifact: string, columns: number, view: View, index: number) => {
  const limit = pageRows(columns);
  return { ...rowsQuery(artifact, { offset: index * limit, limit, ...view }), gcTime: KEPT_MS };
};

/** The first rows, and how many there are. Rows of the former order stay until the new ones are here. */
export const useFirstPage = (artifact: string, columns: number, view: View): UseQueryResult<Rows> =>
  useQuery({
    ...page(artifact, columns, view, 0),
    placeholderData: (before, query) =>
      query?.queryKey[1] === artifact ? keepPreviousData(before) : undefined,
  });

export interface Pages {
  row(index: number): unknown[] | undefined;
  failed: UseQueryResult<Rows> | undefined;
}

/** The pages of the rows that are seen, asked for when the scroll rests; calls for others are cancelled. */
export function usePagesAround(
  artifact: string,
  columns: number,
  view: View,
  first: UseQueryResult<Rows>,
  seen: [number, number],
): Pages {
  const limit = pageRows(columns);
  const [from, to] = useSettled(seen, REST_MS);
  const wanted = useMemo(() => {
    const indexes: number[] = [];
    for (let index = Math.floor(from / limit); index * limit < to; index += 1) {
      if (index > 0) indexes.push(index);
    }
    return indexes;
  }, [from, to, limit]);
  const others = useQueries({ queries: wanted.map((index) => page(artifact, columns, view, index)) });

  const known = new Map<number, Rows>();
  if (first.data) known.set(0, first.data);
  wanted.forEach((index, place) => {
    const data = others[place]?.data;
    if (data) known.set(index, data);
  });
  return {
    row: (index) => known.get(Math.floor(index / limit))?.rows[index % limit],
    failed: others.find((query) => query.isError),
  };
}
