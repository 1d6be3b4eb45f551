import type { Tried } from "../../../../api/types";
import { duration, plural } from "../../../../ui/words";
import { planTree, type PlanNode } from "./planTree";
import classes from "./Script.module.css";

/** How the engine ran a query: each step with what feeds it below. */
export function QueryPlan({ plan }: { plan: Tried["plan"] }) {
  return (
    <div className={classes.plan}>
      <p className={classes.muted}>
        Rows and times are those of the sample. Read it from the innermost steps outwards.
      </p>
      <Steps nodes={planTree(plan ?? [])} label="How the engine ran it" />
    </div>
  );
}

function Steps({ nodes, label }: { nodes: PlanNode[]; label?: string }) {
  return (
    <ul aria-label={label}>
      {nodes.map(({ step, fedBy }, at) => (
        <li key={at}>
          <strong>{step.what}</strong> {step.detail ? <code>{step.detail}</code> : null}{" "}
          {step.rows != null ? <span>{plural(step.rows, "row")}</span> : null}
          {step.seconds && step.seconds >= 0.0005 ? (
            <span className={classes.muted}> in {duration(step.seconds * 1000)}</span>
          ) : null}
          {fedBy.length > 0 ? <Steps nodes={fedBy} /> : null}
        </li>
      ))}
    </ul>
  );
}
