import { useMutation, useQueryClient } from "@tanstack/react-query";
import { deleteExperiment } from "../../api/experiments";
import type { ExperimentItem } from "../../api/types";
import { confirmLoss } from "../../ui/confirm";
import { showProblem } from "../../ui/showProblem";
import type { Selection } from "../../ui/useSelection";
import { plural } from "../../ui/words";

const MOST_NAMED = 8;

/** Asks, naming them, and deletes the selected experiments one after the other. */
export function useDeleteExperiments({ items }: Selection<ExperimentItem>): () => void {
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: async (ids: string[]) => {
      for (const id of ids) await deleteExperiment(id);
    },
    onError: (error) => showProblem("Not all of them were deleted", error),
    onSettled: () => queries.invalidateQueries({ queryKey: ["experiments"] }),
  });
  return () => {
    const named = items.slice(0, MOST_NAMED).map(({ name }) => `“${name}”`);
    const rest = items.length - named.length;
    confirmLoss({
      title: `Delete ${plural(items.length, "experiment")}?`,
      children: `${named.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}. Their run histories go with them. Datasets that they use stay. This cannot be undone.`,
      verb: "Delete",
      onConfirm: () => remove.mutate(items.map(({ id }) => id)),
    });
  };
}
