import { datasetQuery } from "../../api/datasets";
import type { Dataset } from "../../api/types";
import { queries } from "../../api/queryClient";

/** The page of one dataset. */
export const loadDatasetScreen = async () => await import("./DatasetScreen");

/** A link to it is pointed at or has the focus: its page and its first rows are asked for before the click. */
export async function prefetchDataset({ id, kind, artifact }: Dataset): Promise<void> {
  void loadDatasetScreen().catch(() => undefined);
  void queries.prefetchQuery(datasetQuery(id));
  if (kind !== "table" || !artifact) return;
  const { prefetchTable } = await import("../../results/table/prefetchTable");
  await prefetchTable(artifact);
}
