/** Which rows of an open table are looked at, for all that tells figures of them. */

import { createContext, useContext } from "react";
import type { Passing } from "../../api/artifacts";
import { count, plural } from "../../ui/words";

export interface PassingRows extends Passing {
  /** Rows of the whole table. */
  rows: number;
  /** Rows that pass; undefined while they are counted. */
  total: number | undefined;
}

const ALL: PassingRows = { rows: 0, total: undefined };

export const PassingContext = createContext<PassingRows>(ALL);

export const usePassing = (): PassingRows => useContext(PassingContext);

export const isNarrowed = ({ filter, search }: Passing): boolean => Boolean(filter?.length || search);

/** "293 of 4,899 rows"; all of them are "4,899 rows". */
export const rowsText = (passing: PassingRows): string =>
  isNarrowed(passing)
    ? `${passing.total === undefined ? "…" : count(passing.total)} of ${plural(passing.rows, "row")}`
    : plural(passing.rows, "row");

/** What takes the whole table says so where only some rows are looked at. */
export const wholeTable = (passing: PassingRows): string | undefined =>
  isNarrowed(passing)
    ? `All ${plural(passing.rows, "row")}, also those that the filter or the search leaves out`
    : undefined;
