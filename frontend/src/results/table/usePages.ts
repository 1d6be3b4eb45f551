import { keepPreviousData, useQueries, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useMemo } from "react";
import { rowsQuery } from "../../api/artifacts";
import type { RowFilter, RowOrder, Rows } from "../../api/types";
import { LONGEST } from "./cells";
import { blockOf, placeIn, windowOf } from "./columnBlocks";
import { useSettled } from "./useSettled";

/** Cells a page holds, about: wide tables get fewer rows at once. */
const CELLS = 12_000;
const KEPT_MS = 60_000;
/** How long the scroll rests before rows are asked for. */
const REST_MS = 70;

const pageRows = (columns: number): number =>
  Math.max(10, Math.min(200, Math.floor(CELLS / Math.max(1, windowOf(columns, 0)?.columns ?? columns))));

/** How rows are ordered, and which are left. */
export interface View {
  sort?: RowOrder;
  filter: RowFilter[];
  search?: string;
}

const page = (artifact: string, columns: number, view: View, index: number, block: number) => {
  const limit = pageRows(columns);
  const asked = { offset: index * limit, limit, longest: LONGEST, ...view, ...windowOf(columns, block) };
  return { ...rowsQuery(artifact, asked), gcTime: KEPT_MS };
};

const ALL: View = { filter: [] };

/** The first rows of a table with so many columns, in their own order where no view is given. */
export const firstPageQuery = (artifact: string, columns: number, view: View = ALL) =>
  page(artifact, columns, view, 0, 0);

/** The first rows, and how many there are. Rows of the former order stay until the new ones are here. */
export const useFirstPage = (artifact: string, columns: number, view: View): UseQueryResult<Rows> =>
  useQuery({
    ...firstPageQuery(artifact, columns, view),
    placeholderData: (before, query) =>
      query?.queryKey[1] === artifact ? keepPreviousData(before) : undefined,
  });

export interface Pages {
  /** Undefined while it is on its way. */
  cell(row: number, source: number): unknown;
  /** What is known of a row, a part for each block of columns. */
  row(index: number): readonly (unknown[] | undefined)[];
  /** Whether a column has dates without times. */
  days(source: number): boolean;
  failed: UseQueryResult<Rows> | undefined;
}

/** The pages of the rows and columns that are seen, asked for when the scroll rests; others are cancelled. */
export function usePagesAround(
  artifact: string,
  columns: number,
  view: View,
  first: UseQueryResult<Rows>,
  seen: [number, number],
  sources: readonly number[],
): Pages {
  const limit = pageRows(columns);
  const [from, to] = useSettled(seen, REST_MS);
  const blocks = [...new Set(sources.map((source) => blockOf(columns, source)))].sort((a, b) => a - b).join();
  const wanted = useMemo(() => {
    const pairs: [page: number, block: number][] = [];
    for (let index = Math.floor(from / limit); index * limit < to; index += 1) {
      for (const block of blocks.split(",").map(Number)) if (index + block > 0) pairs.push([index, block]);
    }
    return pairs;
  }, [from, to, limit, blocks]);
  const others = useQueries({
    queries: wanted.map(([index, block]) => page(artifact, columns, view, index, block)),
  });

  const known = new Map<string, Rows>();
  const blockRows = new Map<number, Rows>();
  if (first.data) {
    known.set("0-0", first.data);
    blockRows.set(0, first.data);
  }
  wanted.forEach(([index, block], place) => {
    const data = others[place]?.data;
    if (!data) return;
    known.set(`${index}-${block}`, data);
    blockRows.set(block, data);
  });
  const last = blockOf(columns, Math.max(0, columns - 1));
  const part = (row: number, block: number) =>
    known.get(`${Math.floor(row / limit)}-${block}`)?.rows[row % limit];
  return {
    cell: (row, source) => part(row, blockOf(columns, source))?.[placeIn(columns, source)],
    days: (source) => {
      const rows = blockRows.get(blockOf(columns, source));
      const name = rows?.columns[placeIn(columns, source)]?.name;
      return name !== undefined && (rows?.days?.includes(name) ?? false);
    },
    row: (index) => Array.from({ length: last + 1 }, (_, block) => part(index, block)),
    failed: others.find((query) => query.isError),
  };
}
