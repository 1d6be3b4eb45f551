import { IconCopy } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useNodeRun } from "../../runs/hooks";
import { useNodeLog, type LogPart } from "../../runs/useNodeLog";
import { EmptyState } from "../../ui/EmptyState";
import { IconButton } from "../../ui/IconButton";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { goToLine } from "../goToLine";
import classes from "./LogView.module.css";

const NEAR = 24;

/** What the node printed, live while it runs; a traceback's lines lead to the script. */
export function LogView({ node }: { node: string }) {
  const state = useNodeRun(node)?.state;
  const log = useNodeLog(node, state);
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);

  useEffect(() => {
    if (follows.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [log.parts]);

  if (state === undefined)
    return <EmptyState title="Not run yet">What the node prints is shown here.</EmptyState>;
  if (log.error)
    return <ProblemMessage title="Could not load the log" error={log.error} onRetry={log.retry} />;
  if (log.isLoading) return <Loading label="Loading the log…" />;
  const text = log.parts.map((part) => part.text).join("");
  if (!text) {
    const waits = state === "running" || state === "queued";
    return (
      <EmptyState title={waits ? "Nothing printed so far" : "Nothing was printed"}>
        {waits ? "What the node prints is shown here at once." : "The node printed no text."}
      </EmptyState>
    );
  }
  return (
    <div className={classes.frame}>
      <span className={classes.copy}>
        <IconButton label="Copy the log" onClick={() => void navigator.clipboard?.writeText(text)}>
          <IconCopy size={15} />
        </IconButton>
      </span>
      <div
        ref={box}
        className={classes.log}
        tabIndex={0}
        role="log"
        aria-label="Log"
        onScroll={({ currentTarget: at }) => {
          follows.current = at.scrollHeight - at.scrollTop - at.clientHeight < NEAR;
        }}
      >
        {log.parts.map((part, place) => (
          <Part key={place} part={part} node={node} />
        ))}
      </div>
    </div>
  );
}

const SCRIPT_LINE = /(File "script\.py", line (\d+))/;

function Part({ part, node }: { part: LogPart; node: string }) {
  if (part.stream === "stdout") {
    return (
      <span data-stream={part.stream} className={classes.part}>
        {part.text}
      </span>
    );
  }
  const pieces = part.text.split(SCRIPT_LINE);
  return (
    <span data-stream={part.stream} className={classes.part}>
      {pieces.map((piece, place) => {
        if (place % 3 === 2) return null; // the number, within the piece before it
        if (place % 3 === 0) return piece;
        return (
          <button
            key={place}
            type="button"
            className={classes.link}
            onClick={() => goToLine(node, Number(pieces[place + 1]))}
          >
            {piece}
          </button>
        );
      })}
    </span>
  );
}
