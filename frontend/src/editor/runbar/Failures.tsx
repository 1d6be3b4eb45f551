import { IconCircleX, IconX } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import type { NodeRun, Run } from "../../api/types";
import { deepName, findDeep } from "../../graph/own/find";
import { isLeftOut } from "../../runs/leftOut";
import { failureText, firstLine } from "../../runs/failureText";
import { CodeText } from "../../ui/CodeText";
import { IconButton } from "../../ui/IconButton";
import { plural } from "../../ui/words";
import { useCatalog } from "../store/catalog";
import { goToFailure } from "../window/goToFailure";
import { shownRoot, useEditor } from "../store/store";
import { placesAmongNamesakes, topDown } from "./namesakes";
import classes from "./RunBar.module.css";

/** What failed in the run: each line goes to its node, at the line of its script. */
export function Failures({ run }: { run: Run }) {
  const [closed, setClosed] = useState(false);
  const failed = Object.entries(run.nodes).filter(([, { state }]) => state === "failed");
  const skipped = Object.values(run.nodes).filter((one) => one.state === "skipped" && !isLeftOut(one)).length;
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
      <FailureList failed={failed} />
    </section>
  );
}

/** From the top of the graph downwards: the first is often why the others failed. */
function FailureList({ failed }: { failed: [string, NodeRun][] }) {
  const catalog = useCatalog();
  const graph = useEditor(shownRoot);
  const order = useMemo(() => topDown(graph), [graph]);
  const placeOf = useMemo(() => placesAmongNamesakes(graph, catalog), [graph, catalog]);
  return (
    <ul className={classes.list}>
      {[...failed]
        .sort(([a], [b]) => order(a) - order(b))
        .map(([id, node]) => (
          <Failure key={id} id={id} error={node.error} place={placeOf(id)} />
        ))}
    </ul>
  );
}

interface FailureProps {
  id: string;
  error: NodeRun["error"];
  /** "2nd of 3" where others look the same; else empty. */
  place: string;
}

function Failure({ id, error, place }: FailureProps) {
  const catalog = useCatalog();
  const file = useEditor(shownRoot);
  const node = findDeep(file, id);
  const comment = node?.comment?.split("\n", 1)[0];
  return (
    <li>
      <button
        type="button"
        className={classes.failure}
        disabled={!node}
        onClick={() => goToFailure(id, error)}
      >
        <span className={classes.node} title={comment}>
          {deepName(file, catalog, id) ?? "A deleted node"}
          {place ? <span className={classes.which}> {place}</span> : null}
          {comment ? <span className={classes.which}> {comment}</span> : null}
        </span>
        <span className={classes.message}>
          <CodeText>{error ? firstLine(failureText(error)) : "It failed; see its log."}</CodeText>
        </span>
        {error?.line ? <span className={classes.line}>line {error.line}</span> : null}
      </button>
    </li>
  );
}
