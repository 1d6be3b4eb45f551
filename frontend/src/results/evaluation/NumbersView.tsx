import type { NumberErrors } from "../../api/evaluation";
import { HistogramChart } from "../charts/HistogramChart";
import { ScatterChart } from "../charts/ScatterChart";
import { numberText } from "../table/cells";
import { count } from "../../ui/words";
import classes from "./Evaluation.module.css";
import { Metrics, type MetricRow } from "./Metrics";
import { Stage } from "./Stage";

const EXPLAINED: readonly [keyof NumberErrors["metrics"], string, string, MetricRow["better"]][] = [
  ["mae", "Mean absolute error", "How far predictions are off on average, in the label's own unit.", "less"],
  ["rmse", "Root mean squared error", "As the mean absolute error, but large errors count more.", "less"],
  [
    "rae",
    "Relative absolute error",
    "The absolute error against that of always guessing the mean; below 1 is better.",
    "less",
  ],
  [
    "rse",
    "Relative squared error",
    "The squared error against that of always guessing the mean; below 1 is better.",
    "less",
  ],
  [
    "r2",
    "Coefficient of determination",
    "The share of the label's variation that is explained: 1 is perfect, 0 is guessing the mean.",
    "more",
  ],
  [
    "mean_error",
    "Mean error",
    "Predicted minus actual on average: far from 0, the model leans to one side.",
    undefined,
  ],
];

interface Props {
  scored: readonly { name: string; numbers: NumberErrors }[];
  rows: number;
  onWorst: (row: number) => void;
}

const SETTINGS = { bins: 30, log: false, cumulative: false, measure: "mean" } as const;
const named = (name: string) => ({ name, type: "float" as const });

/** Predicted numbers against actual ones. Charts are of the first dataset, metrics of both. */
export function NumbersView({ scored, rows, onWorst }: Props) {
  const first = scored[0];
  if (!first) return null;
  const { predicted, residuals, errors, worst } = first.numbers;
  const pairs = (data: typeof predicted, x: string, y: string) => (): unknown[][] =>
    data.points ? [[x, y], ...data.points] : [["column", "row", "rows"], ...(data.density?.cells ?? [])];
  const scatter = (title: string, x: string, y: string, data: typeof predicted) => (
    <Stage
      title={title}
      figures={pairs(data, x, y)}
      draw={(size, onRead) => (
        <ScatterChart
          chart={{ kind: "scatter", rows, x: named(x), y: named(y) }}
          data={{
            count: data.count,
            missing: data.missing,
            correlation: data.correlation,
            ...(data.points ? { points: data.points } : {}),
            ...(data.density ? { density: data.density } : {}),
          }}
          size={size}
          label={title}
          settings={SETTINGS}
          onRead={onRead}
        />
      )}
    />
  );
  return (
    <>
      <p className={classes.facts}>{count(rows)} rows with a label and a prediction.</p>
      <div className={classes.columns}>
        <div className={classes.wide}>
          {scatter("Predicted against actual", "Actual", "Predicted", predicted)}
          {scatter("Residuals", "Predicted", "Error", residuals)}
          <Stage
            title="Errors"
            figures={() => [
              ["from", "to", "rows"],
              ...errors.counts.map((rows, at) => [errors.edges[at], errors.edges[at + 1], rows]),
            ]}
            draw={(size, onRead) => (
              <HistogramChart
                chart={{ kind: "histogram", rows, x: named("Predicted − actual"), y: null }}
                data={errors}
                size={size}
                label="Errors"
                settings={SETTINGS}
                onRead={onRead}
              />
            )}
          />
        </div>
        <div className={classes.narrow}>
          <Metrics
            label="Metrics"
            names={scored.map(({ name }) => name)}
            rows={EXPLAINED.map(([key, name, help, better]) => ({
              name,
              help,
              better,
              values: scored.map(({ numbers }) => numbers.metrics[key]),
            }))}
          />
          <section aria-label="Worst rows">
            <header className={classes.smallHead}>
              <h3>Worst rows</h3>
            </header>
            <table className={classes.metricTable}>
              <thead>
                <tr>
                  <th scope="col">Row</th>
                  <th scope="col">Actual</th>
                  <th scope="col">Predicted</th>
                </tr>
              </thead>
              <tbody>
                {worst.map(({ row, actual, predicted: guessed }) => (
                  <tr key={row}>
                    <th scope="row">
                      <button type="button" className={classes.link} onClick={() => onWorst(row)}>
                        {count(row + 1)}
                      </button>
                    </th>
                    <td>{numberText(actual)}</td>
                    <td>{numberText(guessed)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </div>
      </div>
    </>
  );
}
