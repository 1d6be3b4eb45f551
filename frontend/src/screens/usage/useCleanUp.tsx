import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { cleanUp, cleanUpQuery, type CleanedUp } from "../../api/usage";
import { confirmLoss } from "../../ui/confirm";
import { showProblem } from "../../ui/showProblem";
import { bytes, plural } from "../../ui/words";

/** Asks the server what would go, the person whether it may, and then drops it. `running`: a clean-up that goes
 *  on, also one that was begun before the page was loaded. */
export function useCleanUp(): { ask: () => void; busy: boolean; running: CleanedUp | undefined } {
  const queries = useQueryClient();
  const { data: told } = useQuery(cleanUpQuery());
  const followed = useRef(false);
  useEffect(() => {
    if (told?.state === "running") followed.current = true;
    else if (told && followed.current) {
      followed.current = false;
      if (told.state === "failed")
        showProblem("The clean-up was not finished", new Error(told.problem ?? ""));
      else notifications.show({ color: "green", message: `Cleaned up: ${bytes(told.freed)} were freed.` });
      void queries.invalidateQueries();
    }
  }, [told, queries]);
  const drop = useMutation({
    mutationFn: () => {
      followed.current = true;
      return cleanUp(false);
    },
    onSuccess: (answer) => queries.setQueryData(cleanUpQuery().queryKey, answer),
    onError: (error) => {
      followed.current = false;
      showProblem("The clean-up was not finished", error);
    },
  });
  const weigh = useMutation({
    mutationFn: () => cleanUp(true),
    onSuccess: ({ freed, results, exports }) => {
      if (freed === 0) {
        notifications.show({ message: "There is nothing to clean up: everything stored is in use." });
        return;
      }
      const parts = [
        results > 0 && `${plural(results, "result")} of earlier runs`,
        exports > 0 && plural(exports, "prepared download"),
      ].filter(Boolean);
      confirmLoss({
        title: `Free ${bytes(freed)}?`,
        children: `This drops ${parts.join(" and ") || "files"} that nothing uses. Results are computed again when they
          are needed. Datasets, versions and the latest run of each experiment stay.`,
        verb: "Clean up",
        onConfirm: () => drop.mutate(),
      });
    },
    onError: (error) => showProblem("Could not find out what may be cleaned up", error),
  });
  const running = told?.state === "running" ? told : undefined;
  return { ask: () => weigh.mutate(), busy: weigh.isPending || drop.isPending || Boolean(running), running };
}
