import { useEffect, useRef } from "react";
import { useLatestRun } from "../run/hooks";
import { isUnderWay } from "../../runs/applyRunEvent";
import { useEditor } from "../store/store";
import { notifyOfEnd } from "../window/notify";

/** Watches the newest run; a run that was over before is no news. */
export function useNotifyOfEnd(): void {
  const run = useLatestRun();
  const watched = useRef<string | null>(null);
  useEffect(() => {
    if (!run) return;
    if (isUnderWay(run.state)) {
      watched.current = run.id;
    } else if (watched.current === run.id) {
      watched.current = null;
      notifyOfEnd(useEditor.getState().draft.name, run);
    }
  }, [run]);
}
