import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import type { RunHead } from "../../api/types";
import { InlineRename } from "../../ui/InlineRename";
import { StateBadge } from "../../ui/StateBadge";
import { When } from "../../ui/When";
import { duration, plural } from "../../ui/words";
import classes from "./RunHistory.module.css";
import { RunMenu, keepName } from "./RunMenu";
import { countsOf } from "./countsOf";
import { useNow } from "../../ui/useNow";

interface Props {
  run: RunHead;
  current: boolean;
  latest: boolean;
  onOpen: (() => void) | undefined;
  nodeName: ((id: string) => string | undefined) | undefined;
}

export function RunRow({ run, current, latest, onOpen, nodeName }: Props) {
  const [naming, setNaming] = useState(false);
  const queries = useQueryClient();
  const keep = async (name: string) => {
    await keepName(run.id, name);
    void queries.invalidateQueries({ queryKey: ["runs", run.experiment] });
  };
  return (
    <li className={classes.row} data-current={current || undefined}>
      <div className={classes.line}>
        {naming ? (
          <div className={classes.naming}>
            <InlineRename
              label={`Name of run ${run.number}`}
              name={run.name}
              onDone={(name) => {
                setNaming(false);
                if (name !== null) void keep(name);
              }}
            />
          </div>
        ) : null}
        <Link
          to={`/experiments/${run.experiment}/runs/${run.id}`}
          className={classes.link}
          aria-current={current ? "true" : undefined}
          onClick={onOpen}
        >
          {run.name || `Run ${run.number}`}
        </Link>
        {run.name ? <span className={classes.tag}>Run {run.number}</span> : null}
        <StateBadge state={run.state} />
        {latest ? <span className={classes.tag}>Latest</span> : null}
        <span className={classes.when}>
          <When at={run.created} />
        </span>
        <span className={classes.menu}>
          <RunMenu run={run} onRename={() => setNaming(true)} onDone={keep} onGo={onOpen} />
        </span>
      </div>
      <div className={classes.facts}>
        <Took run={run} />
        {countsOf(run).map((fact) => (
          <span key={fact.text} data-tone={fact.tone}>
            {fact.text}
          </span>
        ))}
      </div>
      {run.until?.length || run.force ? <p className={classes.note}>{note(run, nodeName)}</p> : null}
    </li>
  );
}

function note({ until, force }: RunHead, nodeName: Props["nodeName"]): string {
  const names = until?.map((id) => nodeName?.(id)).filter((name) => name !== undefined) ?? [];
  const parts = [];
  if (until?.length) {
    parts.push(
      names.length > 0 && names.length <= 3
        ? `Ran only up to ${names.join(", ")}`
        : `Ran only up to ${plural(until.length, "selected node")}`,
    );
  }
  if (force) parts.push("Ignored the cache");
  return `${parts.join(". ")}.`;
}

function Took({ run: { started, finished, state } }: { run: RunHead }) {
  const now = useNow(state === "running");
  if (!started) return <span>{state === "queued" ? "Waiting to start" : "Never started"}</span>;
  return <span>{duration((finished ? Date.parse(finished) : now) - Date.parse(started))}</span>;
}
