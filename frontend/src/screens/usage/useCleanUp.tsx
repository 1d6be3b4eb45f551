import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { cleanUp } from "../../api/usage";
import { confirmLoss } from "../../ui/confirm";
import { showProblem } from "../../ui/showProblem";
import { bytes, plural } from "../../ui/words";

/** Asks the server what would go, the person whether it may, and then drops it. */
export function useCleanUp(): { ask: () => void; busy: boolean } {
  const queries = useQueryClient();
  const drop = useMutation({
    mutationFn: () => cleanUp(false),
    onSuccess: async ({ freed }) => {
      notifications.show({ color: "green", message: `Cleaned up: ${bytes(freed)} are free again.` });
      await queries.invalidateQueries();
    },
    onError: (error) => showProblem("The clean-up was not finished", error),
  });
  const weigh = useMutation({
    mutationFn: () => cleanUp(true),
    onSuccess: ({ freed, results, exports }) => {
      if (freed === 0) {
        notifications.show({ message: "There is nothing to clean up: all that is kept is in use." });
        return;
      }
      const parts = [
        results > 0 && `${plural(results, "result")} of earlier runs`,
        exports > 0 && plural(exports, "prepared download"),
      ].filter(Boolean);
      confirmLoss({
        title: `Free ${bytes(freed)}?`,
        children: `This drops ${parts.join(" and ") || "files"} that nothing holds. Results are computed again when they
          are needed. Datasets, versions and the latest run of each experiment stay.`,
        verb: "Clean up",
        onConfirm: () => drop.mutate(),
      });
    },
    onError: (error) => showProblem("Could not tell what may be cleaned up", error),
  });
  return { ask: () => weigh.mutate(), busy: weigh.isPending || drop.isPending };
}
