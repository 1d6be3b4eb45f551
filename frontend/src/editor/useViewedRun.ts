import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { runQuery } from "../api/runs";
import { backToDraft, viewRun } from "./store/open";
import { useEditor } from "./store/store";

/** Shows the prior run that the address names; without one, the draft. Gives what went wrong, if anything did. */
export function useViewedRun(id: string | undefined, ready: boolean): unknown {
  const run = useQuery({ ...runQuery(id ?? ""), enabled: ready && id !== undefined });
  const shown = useEditor((state) => state.viewedRun?.id);
  const { data } = run;

  useEffect(() => {
    if (!ready) return;
    if (id === undefined) {
      if (shown) backToDraft();
    } else if (data?.id === id && shown !== id) {
      viewRun(data);
    }
  }, [id, data, ready, shown]);

  return id === undefined ? null : run.error;
}
