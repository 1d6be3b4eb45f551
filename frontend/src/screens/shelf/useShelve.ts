import { useMutation, useQueryClient } from "@tanstack/react-query";
import { moveFolder, shelve, type Kind, type ShelfWish } from "../../api/shelf";
import { showProblem } from "../../ui/showProblem";

/** Moves and tags things of a list. */
export function useShelve(kind: Kind) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ ids, ...wish }: ShelfWish & { ids: string[] }) => shelve(kind, ids, wish),
    onError: (error) => showProblem("Nothing was moved or tagged", error),
    onSettled: () => queries.invalidateQueries({ queryKey: [kind] }),
  });
}

/** Gives a folder another path. */
export function useMoveFolder(kind: Kind) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ folder, to }: { folder: string; to: string }) => moveFolder(kind, folder, to),
    onError: (error) => showProblem("The folder was not changed", error),
    onSettled: () => queries.invalidateQueries({ queryKey: [kind] }),
  });
}
