import { useMutation, useQueryClient } from "@tanstack/react-query";
import { changeDataset } from "../../api/datasets";
import type { Dataset } from "../../api/types";
import { showProblem } from "../../ui/showProblem";

/** Renames or describes a dataset. */
export function useChangeDataset(dataset: Dataset) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: { name?: string; description?: string }) => changeDataset(dataset.id, change),
    onError: (error) => showProblem(`“${dataset.name}” was not changed`, error),
    onSettled: async () => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: ["datasets"] }),
        queries.invalidateQueries({ queryKey: ["dataset", dataset.id] }),
      ]);
    },
  });
}
