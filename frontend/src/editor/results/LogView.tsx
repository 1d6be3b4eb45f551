import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { nodeLogQuery } from "../../api/runs";
import { useNodeRun } from "../run/hooks";
import type { LiveLog, StoredLog } from "../../runs/logs";
import { Screen } from "../../ui/terminal/screen";
import { useShownRunId } from "../../runs/shown";
import { useNodeLog } from "../../runs/useNodeLog";
import { downloadText, fileName } from "../../ui/download";
import { EmptyState } from "../../ui/EmptyState";
import { Loading } from "../../ui/Loading";
import { showProblem } from "../../ui/showProblem";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { LogLines } from "../../ui/terminal/LogLines";
import { countMatches, locate } from "../../ui/terminal/logSearch";
import { goToLine } from "../window/goToLine";
import { LogTools } from "./LogTools";
import classes from "./LogView.module.css";

const NEAR = 24;

/** All that is kept of a log, as a terminal shows it. */
function screenOf({ parts }: StoredLog): Screen {
  const whole = new Screen(Infinity);
  for (const part of parts) whole.write(part);
  return whole;
}

/** What the node printed, live while it runs; a traceback's lines lead to the script. */
export function LogView({ node }: { node: string }) {
  const state = useNodeRun(node)?.state;
  const { log, isLoading, error, retry } = useNodeLog(node, state);

  if (state === undefined)
    return <EmptyState title="Not run yet">What the node prints is shown here.</EmptyState>;
  if (error) return <ProblemMessage title="Could not load the log" error={error} onRetry={retry} />;
  if (isLoading) return <Loading label="Loading the log…" />;
  if (!log || log.screen.isEmpty) {
    const waits = state === "running" || state === "queued";
    return (
      <EmptyState title={waits ? "Nothing printed so far" : "Nothing was printed"}>
        {waits ? "What the node prints is shown here at once." : "The node printed no text."}
      </EmptyState>
    );
  }
  return <Shown log={log} node={node} />;
}

function Shown({ log, node }: { log: LiveLog; node: string }) {
  const { screen } = log;
  const run = useShownRunId();
  const queries = useQueryClient();
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const [query, setQuery] = useState("");
  const [wanted, setWanted] = useState(0);
  const [goTo] = useState(() => (line: number) => goToLine(node, line));

  useEffect(() => {
    if (follows.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [log]);

  /** Of a long log the page holds less than the server. */
  const save = async () => {
    try {
      const isWhole = run === null || screen.blocks.every(({ skipped }) => skipped === 0);
      const { text } = isWhole ? screen : screenOf(await queries.fetchQuery(nodeLogQuery(run, node, true)));
      downloadText(`${fileName(node)}.log.txt`, `${text}\n`, "text/plain");
    } catch (problem) {
      showProblem("The log was not saved", problem);
    }
  };
  const counts = countMatches(screen.blocks, query);
  const found = counts.reduce((sum, count) => sum + count, 0);
  const current = Math.min(wanted, Math.max(0, found - 1));
  const at = query === "" ? null : locate(counts, current);
  return (
    <div className={classes.frame}>
      <LogTools
        query={query}
        onQuery={(next) => {
          follows.current = follows.current && next === "";
          setQuery(next);
          setWanted(0);
        }}
        found={found}
        current={current}
        onGo={setWanted}
        onCopy={() => void navigator.clipboard?.writeText(screen.text)}
        onSave={() => void save()}
      />
      <div
        ref={box}
        className={classes.log}
        tabIndex={0}
        role="log"
        aria-label="Log"
        onScroll={({ currentTarget: to }) => {
          follows.current = to.scrollHeight - to.scrollTop - to.clientHeight < NEAR;
        }}
      >
        {screen.blocks.map((block, place) => (
          <LogLines
            key={block.id}
            block={block}
            version={block.version}
            query={query}
            current={at?.block === place ? at.place : null}
            onLine={goTo}
            last={place === screen.blocks.length - 1}
          />
        ))}
      </div>
    </div>
  );
}
