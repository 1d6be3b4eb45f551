import { artifactQuery } from "../../api/artifacts";
import { queries } from "../../api/queryClient";
import { firstPageQuery } from "./usePages";

/** Asks for the first rows of a table that may be opened next, so that they are there with it. */
export async function prefetchTable(artifact: string): Promise<void> {
  await queries.prefetchQuery(artifactQuery(artifact));
  const columns = queries.getQueryData(artifactQuery(artifact).queryKey)?.columns;
  if (columns?.length) await queries.prefetchQuery(firstPageQuery(artifact, columns.length));
}
