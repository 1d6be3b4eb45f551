import { useQuery } from "@tanstack/react-query";
import { rowsQuery } from "../../api/artifacts";

const MOST_ROWS = 1000;

/** The rows of a small table; results of models are: a row a fold, a run or a feature. */
export const useSmallTable = (artifact: string) =>
  useQuery(rowsQuery(artifact, { offset: 0, limit: MOST_ROWS, filter: [] }));
