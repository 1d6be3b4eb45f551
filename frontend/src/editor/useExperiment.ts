import { useCallback, useEffect, useState } from "react";
import { queries } from "../api/queryClient";
import { useLive } from "../runs/live";
import { hint } from "./window/hint";
import { catchUp, startAutosave, leaveExperiment } from "./store/autosave";
import { restoreKeptDraft } from "./store/conflict";
import { keptHistory } from "./store/keptHistory";
import { resumeHistory, startKeepingHistory } from "./store/history";
import { openExperiment } from "./store/open";
import { getExperiment } from "./store/server";

export type Opening =
  { kind: "loading" } | { kind: "open" } | { kind: "missing" } | { kind: "failed"; error: unknown };

export const TAKEN_OVER = "Loaded a newer version, saved in another tab.";

/** Opens an experiment in the store, saves it by itself while it is open, and leaves nothing unsaved behind. */
export function useExperiment(id: string): Opening & { again(): void } {
  const [opening, setOpening] = useState<Opening>({ kind: "loading" });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let wanted = true;
    setOpening({ kind: "loading" });
    Promise.all([getExperiment(id), keptHistory(id)]).then(
      ([experiment, history]) => {
        if (!wanted) return;
        if (!experiment) return setOpening({ kind: "missing" });
        openExperiment(experiment);
        if (history) resumeHistory(history);
        restoreKeptDraft();
        setOpening({ kind: "open" });
      },
      (error: unknown) => wanted && setOpening({ kind: "failed", error }),
    );
    const stopSaving = startAutosave();
    // The socket is back before the next try would be due; what it would have told meanwhile is looked up.
    const stopWaiting = useLive.subscribe(async (now, before) => {
      if (now.live && !before.live && (await catchUp())) hint(TAKEN_OVER);
    });
    const stopKeeping = startKeepingHistory();
    return () => {
      wanted = false;
      stopSaving();
      stopKeeping();
      stopWaiting();
      void leaveExperiment().then(() => queries.invalidateQueries({ queryKey: ["experiments"] }));
    };
  }, [id, attempt]);

  return { ...opening, again: useCallback(() => setAttempt((count) => count + 1), []) };
}
