import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useSyncExternalStore } from "react";
import { nodeLogQuery } from "../api/runs";
import type { RunState } from "../api/types";
import { isUnderWay } from "./applyRunEvent";
import { useShownRunId } from "./hooks";
import { liveLog, onLogChange, type LogChunk } from "./logs";

export interface NodeLog {
  parts: LogPart[];
  isLoading: boolean;
  error: Error | null;
  retry: () => void;
}

export type LogPart = { stream: LogChunk["stream"] | "trace"; text: string };

const POLL_MS = 1000;

/** What a node printed in the shown run: live while it runs, then with the traceback if it failed. */
export function useNodeLog(node: string, state: RunState | undefined): NodeLog {
  const run = useShownRunId();
  const subscribe = useCallback(
    (tell: () => void) => (run ? onLogChange(run, node, tell) : () => {}),
    [run, node],
  );
  const live = useSyncExternalStore(subscribe, () => (run ? liveLog(run, node) : undefined));
  const underWay = isUnderWay(state);
  const text = useQuery({
    ...nodeLogQuery(run ?? "", node),
    enabled: run !== null && state !== undefined && state !== "queued",
    staleTime: underWay ? 0 : Infinity,
    // Chunks that all came are enough; otherwise the server is asked while the node prints.
    refetchInterval: underWay && !live?.whole ? POLL_MS : false,
  });
  const { refetch } = text;
  useEffect(() => {
    // The end adds the traceback.
    if (run && state !== undefined && !underWay) void refetch();
  }, [run, state, underWay, refetch]);

  return {
    parts: joinLog(live?.whole ? live.chunks : [], text.data ?? ""),
    isLoading: text.isPending && text.fetchStatus === "fetching" && !live,
    error: live?.whole && underWay ? null : text.error,
    retry: () => void refetch(),
  };
}

const TRACE = /(^|\n)(Traceback \(most recent call last\):\n| {2}File "script\.py", line \d+\n)/;

/** Chunks know their stream, the server's text has the end: what the text says beyond the chunks is the traceback. */
export function joinLog(chunks: readonly LogChunk[], text: string): LogPart[] {
  const printed = chunks.map((chunk) => chunk.text).join("");
  if (chunks.length > 0 && !text.startsWith(printed)) return [...chunks];
  const rest = text.slice(printed.length);
  if (rest === "") return [...chunks];
  const at = chunks.length > 0 ? 0 : startOfTrace(rest);
  if (at < 0) return [{ stream: "stdout", text: rest }];
  const before: LogPart[] = at > 0 ? [{ stream: "stdout", text: rest.slice(0, at) }] : [];
  return [...chunks, ...before, { stream: "trace", text: rest.slice(at) }];
}

/** Where the last traceback starts that reaches to the end of the log; -1 where there is none. */
function startOfTrace(text: string): number {
  const match = TRACE.exec(text);
  return match ? match.index + (match[1]?.length ?? 0) : -1;
}
