import { Button, NumberInput, SegmentedControl, Slider } from "@mantine/core";
import { useState } from "react";
import type { Evaluation, TwoClasses } from "../../api/evaluation";
import { Confusion } from "./Confusion";
import { CurveChart, ScoreBins, type Curve } from "./CurveChart";
import classes from "./Evaluation.module.css";
import { Metrics, metricText, type MetricRow } from "./Metrics";
import type { Pick } from "./picked";
import { Stage } from "./Stage";
import {
  calibrationPoints,
  cheapest,
  costOf,
  countsAt,
  liftPoints,
  metricsOf,
  precisionRecallPoints,
  rocPoints,
  type Costs,
  type Point,
} from "./threshold";

const CURVES = [
  { value: "roc", label: "ROC" },
  { value: "pr", label: "Precision–recall" },
  { value: "lift", label: "Lift" },
  { value: "calibration", label: "Calibration" },
  { value: "bins", label: "Score bins" },
] as const;
type CurveKind = (typeof CURVES)[number]["value"];

export interface Scored {
  name: string;
  artifact: string;
  evaluation: Evaluation & { two_classes: TwoClasses };
}

interface Props {
  scored: readonly Scored[];
  onPick: (pick: Pick) => void;
  /** Writes the threshold into the model, where there is one to write it into. */
  onUse?: ((threshold: number) => void) | undefined;
}

/** One or two models that tell two classes apart, at every threshold. */
export function TwoClassesView({ scored, onPick, onUse }: Props) {
  const first = scored[0];
  const [kind, setKind] = useState<CurveKind>("roc");
  const [threshold, setThreshold] = useState(first?.evaluation.two_classes.threshold ?? 0.5);
  const [costs, setCosts] = useState<Costs>({ fp: 1, fn: 1 });
  if (!first) return null;
  const one = first.evaluation.two_classes;
  const counts = scored.map(({ evaluation }) => countsAt(evaluation.two_classes, threshold));
  const here = counts[0] ?? { tp: 0, fp: 0, fn: 0, tn: 0 };
  const rows = one.positives + one.negatives;
  const guess = rows > 0 ? Math.max(one.positives, one.negatives) / rows : null;
  const larger = one.positives >= one.negatives ? one.positive : one.negative;
  const at = counts.map((each) => metricsOf(each));
  const metrics: MetricRow[] = [
    ...(at[0] ?? []).map(({ name, help }, place): MetricRow => ({
      name,
      help,
      better: "more",
      values: at.map((each) => each[place]?.value),
    })),
    {
      name: "AUC",
      help: "How often a positive row scores above a negative one: 1 is perfect, 0.5 is guessing. It does not depend on the threshold.",
      better: "more",
      values: scored.map(({ evaluation }) => evaluation.two_classes.auc),
    },
    {
      name: "Log loss",
      help: "How surprised the probabilities were by what came true, in natural logarithms; 0 is perfect.",
      better: "less",
      values: scored.map(({ evaluation }) => evaluation.two_classes.log_loss),
    },
    {
      name: "Cost",
      help: "The errors at this threshold, each times what it costs.",
      better: "less",
      values: counts.map((each) => costOf(each, costs)),
    },
  ];
  const pickScores = (from: number, to: number) => {
    const column = first.evaluation.score;
    if (column)
      onPick({
        title: `Rows with a score from ${metricText(from)} to ${metricText(to)}`,
        artifact: first.artifact,
        where: [
          { column, op: "ge", text: String(from) },
          { column, op: to >= 1 ? "le" : "lt", text: String(to) },
        ],
      });
  };
  const pickCell = (actual: string, predicted: string) => {
    const { label, score } = first.evaluation;
    if (score)
      onPick({
        title: `${actual} predicted as ${predicted}, at threshold ${metricText(threshold)}`,
        artifact: first.artifact,
        where: [
          { column: label, op: "eq", text: actual },
          { column: score, op: predicted === one.positive ? "gt" : "le", text: String(threshold) },
        ],
      });
  };
  return (
    <>
      <p className={classes.facts}>
        {`${one.positives.toLocaleString("en")} rows of class ${one.positive} (positive), ${one.negatives.toLocaleString("en")} of ${one.negative}.`}
        {guess === null
          ? ""
          : ` Always guessing ${larger} is right in ${(guess * 100).toFixed(1)} % of rows.`}
      </p>
      <div className={classes.columns}>
        <div className={classes.wide}>
          <SegmentedControl
            size="xs"
            aria-label="Curve"
            data={[...CURVES]}
            value={kind}
            onChange={(to) => setKind(to as CurveKind)}
          />
          <Curves
            kind={kind}
            scored={scored}
            counts={counts}
            onBin={({ from, to }) => pickScores(from, to)}
          />
        </div>
        <div className={classes.narrow}>
          <section className={classes.threshold} aria-label="Threshold">
            <header className={classes.smallHead}>
              <h3>Threshold</h3>
              {onUse ? (
                <Button size="compact-sm" onClick={() => onUse(threshold)}>
                  Use this threshold
                </Button>
              ) : null}
            </header>
            <div className={classes.slide}>
              <Slider
                thumbLabel="Threshold"
                min={0}
                max={1}
                step={0.001}
                value={threshold}
                onChange={setThreshold}
                label={(value) => value.toFixed(3)}
                disabled={!one.grid}
              />
              <NumberInput
                aria-label="Threshold as a number"
                size="xs"
                w={84}
                min={0}
                max={1}
                step={0.01}
                decimalScale={3}
                value={threshold}
                onChange={(to) => typeof to === "number" && setThreshold(to)}
              />
            </div>
            <div className={classes.costs}>
              <NumberInput
                size="xs"
                label="A false positive costs"
                min={0}
                value={costs.fp}
                onChange={(fp) => typeof fp === "number" && setCosts({ ...costs, fp })}
              />
              <NumberInput
                size="xs"
                label="A false negative costs"
                min={0}
                value={costs.fn}
                onChange={(fn) => typeof fn === "number" && setCosts({ ...costs, fn })}
              />
              <Button
                size="xs"
                variant="default"
                disabled={!one.grid}
                onClick={() => setThreshold(cheapest(one, costs))}
              >
                Cheapest
              </Button>
            </div>
          </section>
          <Confusion
            label={`Confusion matrix at threshold ${metricText(threshold)}`}
            names={[one.positive, one.negative]}
            counts={[
              [here.tp, here.fn],
              [here.fp, here.tn],
            ]}
            onPick={pickCell}
          />
          <Metrics label="Metrics" names={scored.map(({ name }) => name)} rows={metrics} />
        </div>
      </div>
    </>
  );
}

function Curves({
  kind,
  scored,
  counts,
  onBin,
}: {
  kind: CurveKind;
  scored: readonly Scored[];
  counts: readonly { tp: number; fp: number }[];
  onBin: (bin: { from: number; to: number }) => void;
}) {
  const first = scored[0]?.evaluation.two_classes;
  if (!first) return null;
  if (kind === "bins") {
    const names: [string, string] = [first.positive, first.negative];
    return (
      <Stage
        title="Score bins"
        figures={() => [
          ["from", "to", ...names],
          ...first.bins.map((bin) => [bin.from, bin.to, bin.positives, bin.negatives]),
        ]}
        draw={(size, onRead) => (
          <ScoreBins
            bins={first.bins}
            names={names}
            size={size}
            label="Score bins"
            onRead={onRead}
            onPick={onBin}
          />
        )}
      />
    );
  }
  const { title, x, y, points, here, guess } = KINDS[kind];
  const curves = scored.map(({ name, evaluation: { two_classes } }, index): Curve => {
    const counted = counts[index];
    return {
      name,
      points: points(two_classes),
      at: counted && two_classes.grid ? here?.(two_classes, counted) : undefined,
    };
  });
  return (
    <Stage
      title={title}
      figures={() => [
        ["model", x, y],
        ...curves.flatMap((curve) => curve.points.map(([a, b]) => [curve.name, a, b])),
      ]}
      draw={(size, onRead) => (
        <CurveChart
          curves={curves}
          size={size}
          label={`${title}, ${curves.map(({ name }) => name).join(" and ")}`}
          xTitle={x}
          yTitle={y}
          guess={guess(first)}
          dots={kind === "calibration"}
          onRead={onRead}
        />
      )}
    />
  );
}

interface Kind {
  title: string;
  x: string;
  y: string;
  points: (data: TwoClasses) => Point[];
  here?: (data: TwoClasses, counts: { tp: number; fp: number }) => Point;
  guess: (data: TwoClasses) => Point[];
}

const KINDS: Record<Exclude<CurveKind, "bins">, Kind> = {
  roc: {
    title: "ROC curve",
    x: "False positive rate",
    y: "True positive rate",
    points: rocPoints,
    here: (data, { tp, fp }) => [fp / Math.max(1, data.negatives), tp / Math.max(1, data.positives)],
    guess: () => [[0, 0], [1, 1]], // prettier-ignore
  },
  pr: {
    title: "Precision–recall curve",
    x: "Recall",
    y: "Precision",
    points: precisionRecallPoints,
    here: (data, { tp, fp }) => [tp / Math.max(1, data.positives), tp + fp > 0 ? tp / (tp + fp) : 1],
    guess: (data) => {
      const usual = data.positives / Math.max(1, data.positives + data.negatives);
      return [[0, usual], [1, usual]]; // prettier-ignore
    },
  },
  lift: {
    title: "Lift curve",
    x: "Share of rows, highest scores first",
    y: "Lift",
    points: liftPoints,
    guess: () => [[0, 1], [1, 1]], // prettier-ignore
  },
  calibration: {
    title: "Calibration",
    x: "Mean score",
    y: "Share of positives",
    points: calibrationPoints,
    guess: () => [[0, 0], [1, 1]], // prettier-ignore
  },
};
