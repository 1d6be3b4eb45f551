import { IconCircleX, IconX } from "@tabler/icons-react";
import { useState } from "react";
import type { NodeRun, Run } from "../../api/types";
import { findNode, nodeName } from "../../graph/read";
import { IconButton } from "../../ui/IconButton";
import { plural } from "../../ui/words";
import { useCatalog } from "../catalog";
import { goToFailure } from "../goToFailure";
import { useShownGraph } from "../store/store";
import classes from "./RunBar.module.css";

/** What failed in the run: each line goes to its node, at the line of its script. */
export function Failures({ run }: { run: Run }) {
  const [closed, setClosed] = useState(false);
  const failed = Object.entries(run.nodes).filter(([, { state }]) => state === "failed");
  const skipped = Object.values(run.nodes).filter(({ state }) => state === "skipped").length;
  if (closed || failed.length === 0) return null;
  return (
    <section aria-label="What failed" className={classes.failures}>
      <div className={classes.head} role="alert">
        <IconCircleX size={16} aria-hidden />
        <h2 className={classes.title}>
          {plural(failed.length, "node")} failed in run {run.number}
          {skipped ? (
            <span className={classes.skipped}>, {plural(skipped, "node")} below skipped</span>
          ) : null}
        </h2>
        <IconButton label="Close the list of what failed" size={24} onClick={() => setClosed(true)}>
          <IconX size={14} />
        </IconButton>
      </div>
      <ul className={classes.list}>
        {failed.map(([id, node]) => (
          <Failure key={id} id={id} error={node.error} />
        ))}
      </ul>
    </section>
  );
}

function Failure({ id, error }: { id: string; error: NodeRun["error"] }) {
  const catalog = useCatalog();
  const node = findNode(useShownGraph(), id);
  return (
    <li>
      <button
        type="button"
        className={classes.failure}
        disabled={!node}
        onClick={() => goToFailure(id, error)}
      >
        <span className={classes.node}>{node ? nodeName(catalog, node) : "A node that is gone"}</span>
        <span className={classes.message}>
          {error ? `${error.type}: ${error.message.split("\n", 1)[0]}` : "It failed; see its log."}
        </span>
        {error?.line ? <span className={classes.line}>line {error.line}</span> : null}
      </button>
    </li>
  );
}
