import { EmptyState } from "../../ui/EmptyState";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { count } from "../../ui/words";
import { Frame, inner, type Size } from "../charts/Frame";
import { scaleOf } from "../charts/scale";
import { metricText } from "../evaluation/Metrics";
import { Stage } from "../evaluation/Stage";
import { foldMetrics, type FoldMetric } from "./folds";
import classes from "./Models.module.css";
import { useSmallTable } from "./useSmallTable";

/** Each metric of a cross-validation: a dot a fold, their mean, and how far they spread. */
export function FoldsView({ artifact }: { artifact: string }) {
  const { data, error, refetch } = useSmallTable(artifact);
  if (error)
    return <ProblemMessage title="Could not open the folds" error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading label="Opening the folds…" />;
  const metrics = foldMetrics(data);
  if (metrics.length === 0)
    return <EmptyState title="No metrics">No fold has a metric that can be drawn.</EmptyState>;
  return (
    <div className={classes.multiples} tabIndex={0} role="group" aria-label="Folds">
      {metrics.map((metric) => (
        <Stage
          key={metric.name}
          title={`${metric.name}: ${metricText(metric.mean)} ± ${metricText(metric.deviation)}`}
          figures={() => [["Fold", metric.name], ...metric.folds.map(({ fold, value }) => [fold, value])]}
          height={160}
          draw={(size, onRead) => <Folds metric={metric} size={size} onRead={onRead} />}
        />
      ))}
    </div>
  );
}

interface Props {
  metric: FoldMetric;
  size: Size;
  onRead: (words: string) => void;
}

function Folds({ metric: { name, folds, mean, deviation }, size, onRead }: Props) {
  const { across, up } = inner(size);
  const values = folds.map(({ value }) => value);
  const band = mean !== null && deviation !== null ? [mean - deviation, mean + deviation] : [];
  const [low, high] = [Math.min(...values, ...band), Math.max(...values, ...band)];
  const spare = (high - low) * 0.1 || Math.abs(high) * 0.05 || 0.5;
  const y = scaleOf({ domain: [low - spare, high + spare], range: up, room: size.height / 40 });
  const step = (across[1] - across[0]) / Math.max(1, folds.length);
  const x = scaleOf({
    domain: [0, Math.max(1, folds.length - 1)],
    range: [across[0] + step / 2, folds.length > 1 ? across[1] - step / 2 : across[0] + step / 2],
    room: Math.min(folds.length, size.width / 40),
    kind: "whole",
  });
  return (
    <Frame size={size} label={`${name} by fold`} x={x} y={y} xTitle="Fold">
      {mean !== null && deviation !== null ? (
        <rect
          x={across[0]}
          y={y.at(mean + deviation)}
          width={across[1] - across[0]}
          height={Math.max(1, y.at(mean - deviation) - y.at(mean + deviation))}
          style={{ fill: "var(--chart-1)", opacity: 0.12 }}
        />
      ) : null}
      {mean !== null ? (
        <line
          x1={across[0]}
          x2={across[1]}
          y1={y.at(mean)}
          y2={y.at(mean)}
          style={{ stroke: "var(--chart-1)", strokeWidth: 1.5, strokeDasharray: "4 4" }}
        />
      ) : null}
      {folds.map(({ fold, rows, value }, place) => (
        <circle
          key={fold}
          cx={x.at(place)}
          cy={y.at(value)}
          r={5}
          style={{ fill: "var(--chart-1)" }}
          onPointerEnter={() =>
            onRead(
              `Fold ${fold}: ${metricText(value)}${rows === null ? "" : `, ${count(rows)} rows held out`}`,
            )
          }
        />
      ))}
    </Frame>
  );
}
