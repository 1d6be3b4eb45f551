/** Which hosts nodes may reach, and which they did. */

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "./client";
import type { Schemas } from "./types";

export type NetworkRecord = Schemas["NetworkRecordOut"];

export const networkQuery = () =>
  queryOptions({
    queryKey: ["network"],
    queryFn: ({ signal }) => answerOf(api.GET("/api/v1/network", { signal })),
  });

export interface Asked {
  search: string;
  /** Only those that were refused. */
  refused: boolean;
  offset: number;
  limit: number;
}

/** One page of the record, the newest first; there may be 100,000 rows. */
export const networkRecordsQuery = ({ search, refused, offset, limit }: Asked) =>
  queryOptions({
    queryKey: ["network", "records", search, refused, offset, limit],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => {
      const query = { offset, limit, search, ...(refused && { refused }) };
      return answerOf(api.GET("/api/v1/network/records", { params: { query }, signal }));
    },
  });
