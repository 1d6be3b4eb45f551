import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useSyncExternalStore } from "react";
import { nodeLogQuery } from "../api/runs";
import type { RunState } from "../api/types";
import { isUnderWay } from "./applyRunEvent";
import { useShownRunId } from "./shown";
import { adoptLog, liveLog, onLogChange, type LiveLog } from "./logs";

export interface NodeLog {
  log: LiveLog | undefined;
  isLoading: boolean;
  error: Error | null;
  retry: () => void;
}

const POLL_MS = 1000;

/** What a node printed in the shown run: live while it runs, then as it is kept, with the traceback. */
export function useNodeLog(node: string, state: RunState | undefined): NodeLog {
  const run = useShownRunId();
  const subscribe = useCallback(
    (tell: () => void) => (run ? onLogChange(run, node, tell) : () => {}),
    [run, node],
  );
  const live = useSyncExternalStore(subscribe, () => (run ? liveLog(run, node) : undefined));
  const underWay = isUnderWay(state);
  const isLive = underWay && live?.whole === true;
  const stored = useQuery({
    ...nodeLogQuery(run ?? "", node, !underWay),
    enabled: run !== null && state !== undefined && state !== "queued" && !isLive,
    staleTime: underWay ? 0 : Infinity,
    // Chunks that all came are enough; otherwise the server is asked while the node prints.
    refetchInterval: underWay && !isLive ? POLL_MS : false,
  });
  const { data, refetch } = stored;
  useEffect(() => {
    if (run && data) adoptLog(run, node, data, !underWay);
  }, [run, node, data, underWay]);

  return {
    log: live,
    isLoading: stored.isPending && stored.fetchStatus === "fetching" && !live,
    error: isLive ? null : stored.error,
    retry: () => void refetch(),
  };
}
