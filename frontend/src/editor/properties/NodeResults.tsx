import { Button } from "@mantine/core";
import { IconFileText } from "@tabler/icons-react";
import { Link } from "react-router";
import type { NodeRun } from "../../api/types";
import type { ModuleSpec } from "../../graph/types";
import { failureText } from "../../runs/failureText";
import { useEditor } from "../store/store";
import { useNodeRun } from "../run/hooks";
import { useStaleReason } from "../run/stale";
import { CodeText } from "../../ui/CodeText";
import { Thumbnail } from "../../results/outputs/Thumbnail";
import { StateBadge } from "../../ui/StateBadge";
import { QueuePlace } from "../canvas/NodeState";
import { openPort } from "../canvas/Port";
import { firstPicture } from "../flow/peeking";
import { goToLine } from "../window/goToLine";
import { outputSize } from "../../results/wireTypes";
import classes from "./PropertiesPanel.module.css";

/** What came of the node, above its parameters: how it stands, what lies on its ports, what went wrong. */
export function NodeResults({ id, module }: { id: string; module: ModuleSpec | undefined }) {
  const run = useNodeRun(id);
  const stale = useStaleReason(id);
  if (!run) return null;
  return (
    <section className={classes.section} aria-label="Results of this node">
      <div className={classes.stands}>
        <StateBadge
          state={run.state}
          paused={Boolean(run.paused)}
          {...(run.cached && { detail: "cached" })}
        />
        {run.state === "queued" ? (
          <span className={classes.muted}>
            <QueuePlace id={id} />
          </span>
        ) : null}
        {run.state === "queued" ? null : (
          <Button
            className={classes.log}
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<IconFileText size={14} stroke={1.75} />}
            onClick={() => openPort({ node: id, port: "log" }, "output")}
          >
            Log
          </Button>
        )}
      </div>
      {stale ? (
        <p className={classes.staleReason}>
          <CodeText>{stale}</CodeText>
        </p>
      ) : null}
      {run.error ? <Failed id={id} error={run.error} /> : null}
      <Outputs id={id} run={run} module={module} />
      {Object.values(run.outputs).some(({ documents }) => documents) ? <LinkToReport node={id} /> : null}
    </section>
  );
}

/** Where the report of the latest run always is, to be passed on. */
function LinkToReport({ node }: { node: string }) {
  const experiment = useEditor((state) => state.id);
  return (
    <Link to={`/experiments/${experiment}/reports/${encodeURIComponent(node)}`} target="_blank">
      Link to the report
    </Link>
  );
}

function Failed({ id, error }: { id: string; error: NonNullable<NodeRun["error"]> }) {
  const { line } = error;
  return (
    <>
      <p className={classes.failure} role="alert">
        <CodeText>{failureText(error)}</CodeText>
      </p>
      {line ? (
        <Button size="xs" variant="default" onClick={() => goToLine(id, line)}>
          Go to line {line}
        </Button>
      ) : null}
    </>
  );
}

/** A row for each output that holds something, and the first picture small. */
function Outputs({ id, run, module }: { id: string; run: NodeRun; module: ModuleSpec | undefined }) {
  const outputs = Object.entries(run.outputs);
  const first = firstPicture(run);
  if (outputs.length === 0) return null;
  return (
    <ul className={classes.outputs}>
      {outputs.map(([port, output]) => (
        <li key={port}>
          <button
            type="button"
            className={classes.output}
            onClick={() => openPort({ node: id, port }, "output")}
          >
            <span>{module?.outputs.find((one) => one.name === port)?.label ?? port}</span>
            <span className={classes.muted}>
              {run.dataset ? `version ${run.dataset.version}, ` : ""}
              {outputSize(output)}
            </span>
            {first?.port === port ? (
              <span className={classes.picture}>
                <Thumbnail key={first.artifact} artifact={first.artifact} index={0} alt="" />
              </span>
            ) : null}
          </button>
        </li>
      ))}
    </ul>
  );
}
