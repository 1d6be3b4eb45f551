import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { restoreDataset } from "../../api/datasets";
import type { Dataset } from "../../api/types";
import { showProblem } from "../../ui/showProblem";

/** Makes an earlier version the latest again, as a new version, and goes there. */
export function useRestoreDataset(dataset: Dataset) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => restoreDataset(dataset.id),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: ["datasets"] });
      await queries.invalidateQueries({ queryKey: ["dataset"] });
      void navigate(`/datasets/${made.id}`);
    },
    onError: (error) => showProblem(`Version ${dataset.version} was not made the latest`, error),
  });
}
