import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { evaluationQuery } from "../../api/evaluation";
import { EmptyState } from "../../ui/EmptyState";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import classes from "./Evaluation.module.css";
import { ManyClassesView } from "./ManyClassesView";
import { NumbersView } from "./NumbersView";
import type { Pick } from "./picked";
import { PickedRows } from "./PickedRows";
import { TwoClassesView, type Scored } from "./TwoClassesView";

export interface ScoredDataset {
  artifact: string;
  /** What it is called beside another one. */
  name: string;
  /** The column of what is true, where it was chosen. */
  label?: string | undefined;
}

interface Props {
  datasets: readonly ScoredDataset[];
  onUse?: ((threshold: number) => void) | undefined;
  onAddModule?: ((artifact: string, sql: string) => void) | undefined;
}

/** How well one or two scored datasets are scored. */
export function EvaluationView({ datasets, onUse, onAddModule }: Props) {
  const answers = useQueries({
    queries: datasets.map(({ artifact, label }) => evaluationQuery(artifact, label)),
  });
  const [pick, setPick] = useState<Pick | null>(null);
  const failed = answers.find(({ error }) => error);
  if (failed)
    return (
      <ProblemMessage
        title="This cannot be evaluated"
        error={failed.error}
        onRetry={() => void failed.refetch()}
      />
    );
  const all = answers.flatMap(({ data }, at) => {
    const dataset = datasets[at];
    return data && dataset ? [{ ...dataset, evaluation: data }] : [];
  });
  const first = all[0];
  if (!first || all.length < datasets.length) return <Loading label="Counting over all rows…" />;
  if (first.evaluation.scored === 0)
    return (
      <EmptyState title="No row has both a label and a score">
        {`Column ${first.evaluation.label} or the scores are missing in every row.`}
      </EmptyState>
    );
  const { two_classes: two, many_classes: many, numbers, label, predicted } = first.evaluation;
  const apart = first.evaluation.rows - first.evaluation.scored;
  const both = (actual: string, guessed: string, title: string) => {
    if (predicted)
      setPick({
        title,
        artifact: first.artifact,
        where: [
          { column: label, op: "eq", text: actual },
          { column: predicted, op: "eq", text: guessed },
        ],
      });
  };
  return (
    <div className={classes.view} tabIndex={0} role="group" aria-label="Evaluation">
      {two ? (
        <TwoClassesView
          scored={all.flatMap((one): Scored[] =>
            one.evaluation.two_classes
              ? [{ ...one, evaluation: { ...one.evaluation, two_classes: one.evaluation.two_classes } }]
              : [],
          )}
          onPick={setPick}
          onUse={onUse}
        />
      ) : null}
      {many
        ? all.map(({ name, evaluation }) =>
            evaluation.many_classes ? (
              <ManyClassesView
                key={name}
                data={evaluation.many_classes}
                name={name}
                onPick={(actual, guessed) => both(actual, guessed, `${actual} predicted as ${guessed}`)}
              />
            ) : null,
          )
        : null}
      {numbers ? (
        <NumbersView
          scored={all.flatMap(({ name, evaluation }) =>
            evaluation.numbers ? [{ name, numbers: evaluation.numbers }] : [],
          )}
          rows={first.evaluation.scored}
          onWorst={(row) => {
            const worst = numbers.worst.find((one) => one.row === row);
            if (worst) both(String(worst.actual), String(worst.predicted), `Row ${row + 1}`);
          }}
        />
      ) : null}
      {apart > 0 ? (
        <p className={classes.facts}>
          {apart.toLocaleString("en")} rows without a label or a score are left out.
        </p>
      ) : null}
      {pick ? (
        <PickedRows
          pick={pick}
          onClose={() => setPick(null)}
          onAddModule={onAddModule && ((sql) => onAddModule(pick.artifact, sql))}
        />
      ) : null}
    </div>
  );
}
