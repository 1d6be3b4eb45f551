import { useMutation, useQueryClient } from "@tanstack/react-query";
import { deleteDataset, usesQuery, type DatasetUse } from "../../api/datasets";
import type { Dataset } from "../../api/types";
import { confirmLoss } from "../../ui/confirm";
import { showProblem } from "../../ui/showProblem";
import { plural } from "../../ui/words";
import { UsedBy } from "../../library/UsedBy";

function Consequence({ dataset, users }: { dataset: Dataset; users: readonly DatasetUse[] }) {
  const { latest, version } = dataset;
  const what =
    latest && version > 1 ? `Version ${version} is deleted; the version before it becomes the latest. ` : "";
  if (users.length === 0) return <>{what}No experiment uses it. This cannot be undone.</>;
  const uses = users.length === 1 ? "uses" : "use";
  // Those that name no version follow the one before it.
  const broken = what
    ? "; those that name this version will not run without it"
    : " and will not run without it";
  return (
    <>
      {what}
      {plural(users.length, "experiment")} {uses} it
      {broken}. This cannot be undone.
      <UsedBy experiments={users} />
    </>
  );
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
  const ask = async () => {
    const { experiments } = await queries.fetchQuery({ ...usesQuery(dataset.id), staleTime: 0 });
    confirmLoss({
      title: `Delete “${dataset.name}”?`,
      children: <Consequence dataset={dataset} users={experiments} />,
      verb: "Delete",
      onConfirm: () => remove.mutate(),
    });
  };
  // Nobody is asked to delete what may be in use without being told.
  return () => {
    ask().catch((error: unknown) => showProblem(`Could not find out what uses “${dataset.name}”`, error));
  };
}
