import { datasetQuery, importError } from "../../api/datasets";
import { isUnreachable, Problem } from "../../api/problem";
import type { Dataset } from "../../api/types";
import { queries } from "../../api/queryClient";

const EVERY_MS = 700;

/** Waits until the server has made the table. Throws a Problem with the import's own sentence where it cannot. */
export async function followImport(
  dataset: Dataset,
  signal: AbortSignal,
  onProgress: (progress: number | null) => void,
): Promise<Dataset> {
  let now = dataset;
  void queries.invalidateQueries({ queryKey: ["datasets"] });
  while (now.state === "importing") {
    onProgress(now.progress ?? null);
    await pause(EVERY_MS, signal);
    try {
      now = await queries.fetchQuery({ ...datasetQuery(dataset.id), staleTime: 0, retry: false });
    } catch (error) {
      if (!isUnreachable(error)) throw error;
    }
  }
  void queries.invalidateQueries({ queryKey: ["datasets"] });
  if (now.state === "failed") {
    throw new Problem(422, {
      title: "The file could not be read",
      detail: importError(now),
    });
  }
  return now;
}

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const timer = window.setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      window.clearTimeout(timer);
      reject(new DOMException("No longer followed.", "AbortError"));
    });
  });
