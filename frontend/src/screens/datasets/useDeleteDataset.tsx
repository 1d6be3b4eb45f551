import { useMutation, useQueryClient } from "@tanstack/react-query";
import { datasetQuery, deleteDataset } from "../../api/datasets";
import type { Dataset } from "../../api/types";
import { confirmLoss } from "../../ui/confirm";
import { showProblem } from "../../ui/showProblem";
import { plural } from "../../ui/words";

function consequence({ used_by, latest, version }: Dataset): string {
  const what =
    latest && version > 1 ? `Version ${version} goes; the version before it becomes the latest. ` : "";
  if (!used_by) return `${what}No experiment uses it. This cannot be undone.`;
  const users = plural(used_by, "experiment");
  return `${what}${users} ${used_by === 1 ? "uses" : "use"} it and will not run without it. This cannot be undone.`;
}

/** Gives a function that asks, says what uses the dataset, and then deletes it. */
export function useDeleteDataset(dataset: Dataset, onDeleted?: () => void): () => void {
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteDataset(dataset.id),
    onSuccess: async () => {
      onDeleted?.();
      queries.removeQueries({ queryKey: ["dataset", dataset.id] });
      await queries.invalidateQueries({ queryKey: ["datasets"] });
    },
    onError: (error) => showProblem(`“${dataset.name}” was not deleted`, error),
  });
  return () => {
    // Lists may leave out how many experiments use it; the dataset itself always knows.
    void queries
      .fetchQuery({ ...datasetQuery(dataset.id), staleTime: 0 })
      .catch(() => dataset)
      .then((now) =>
        confirmLoss({
          title: `Delete “${dataset.name}”?`,
          children: consequence(now),
          verb: "Delete",
          onConfirm: () => remove.mutate(),
        }),
      );
  };
}
