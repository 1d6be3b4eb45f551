import { Button, Select } from "@mantine/core";
import { useState } from "react";
import type { Rows } from "../../api/types";
import { EmptyState } from "../../ui/EmptyState";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { ordinal } from "../../ui/words";
import { INK, type Size } from "../charts/Frame";
import { compact } from "../charts/scale";
import { short } from "../charts/slots";
import { fullText } from "../table/cells";
import { metricText } from "../evaluation/Metrics";
import { Stage } from "../evaluation/Stage";
import classes from "./Models.module.css";
import { axesOf, heightOn, metricsIn, paramsOf, type Axis } from "./sweep";
import { useSmallTable } from "./useSmallTable";

interface Props {
  artifact: string;
  /** Writes the params of a run into the learner, where there is one on the canvas. */
  onSet?: ((params: Record<string, unknown>) => void) | undefined;
}

/** What a sweep tried, as parallel lines; the runs stand best first. */
export function SweepView({ artifact, onSet }: Props) {
  const { data, error, refetch } = useSmallTable(artifact);
  const [metric, setMetric] = useState<string | null>(null);
  const [run, setRun] = useState(0);
  if (error)
    return <ProblemMessage title="Could not open the sweep" error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading label="Opening the sweep…" />;
  const metrics = metricsIn(data);
  const chosen = metric ?? metrics[0];
  if (!chosen || data.rows.length === 0)
    return <EmptyState title="No runs">The sweep has tried nothing.</EmptyState>;
  const axes = axesOf(data, chosen);
  const row = data.rows[run] ?? [];
  return (
    <div className={classes.view} tabIndex={0} role="group" aria-label="Sweep">
      <div className={classes.bar}>
        <Select
          size="xs"
          aria-label="Metric"
          data={metrics}
          value={chosen}
          allowDeselect={false}
          onChange={setMetric}
        />
        <p className={classes.run}>
          {run === 0 ? "The best run" : `The ${ordinal(run + 1)} run`}: {describe(data, row)}
        </p>
        {onSet ? (
          <Button size="compact-sm" onClick={() => onSet(paramsOf(data, row))}>
            Set as parameters
          </Button>
        ) : null}
      </div>
      <Stage
        title="Runs"
        figures={() => [
          axes.map(({ name }) => name),
          ...data.rows.map((each) => axes.map(({ place }) => each[place])),
        ]}
        draw={(size, onRead) => (
          <Lines data={data} axes={axes} size={size} run={run} onRun={setRun} onRead={onRead} />
        )}
      />
    </div>
  );
}

const describe = (data: Rows, row: readonly unknown[]): string =>
  Object.entries(paramsOf(data, row))
    .map(([name, value]) => `${name.replaceAll("_", " ")} ${fullText(value)}`)
    .join(", ");

interface Drawn {
  data: Rows;
  axes: Axis[];
  size: Size;
  run: number;
  onRun: (run: number) => void;
  onRead: (words: string) => void;
}

const TOP = 44;
const GAP = 12;
const SIDE = 70;

function Lines({ data, axes, size: { width, height }, run, onRun, onRead }: Drawn) {
  const bottom = height - 28;
  const x = (place: number) => SIDE + (place * (width - 2 * SIDE)) / Math.max(1, axes.length - 1);
  const y = (share: number) => bottom - share * (bottom - TOP);
  const path = (row: readonly unknown[]) =>
    axes
      .flatMap((axis, place) => {
        const share = heightOn(axis, row[axis.place]);
        return share === null ? [] : [`${x(place).toFixed(1)} ${y(share).toFixed(1)}`];
      })
      .join("L");
  const words = (row: readonly unknown[]) =>
    axes
      .map(
        ({ name, place }) =>
          `${name} ${typeof row[place] === "number" ? metricText(row[place]) : fullText(row[place])}`,
      )
      .join(", ");
  // Titles stand in two rows by turns, so that each has the room of two; those at the ends grow inwards only.
  const step = (width - 2 * SIDE) / Math.max(1, axes.length - 1);
  const room = (place: number) => (place === 0 || place === axes.length - 1 ? step : 2 * step) - GAP;
  const order = data.rows.map((_, place) => place).filter((place) => place !== run);
  return (
    <svg
      role="img"
      aria-label={`${data.rows.length} runs over ${axes.map(({ name }) => name).join(", ")}`}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      fontFamily="system-ui, sans-serif"
      style={{ display: "block" }}
    >
      <rect width={width} height={height} style={{ fill: "var(--studio-surface)" }} />
      {[...order.reverse(), run].map((place) => (
        <path
          key={place}
          d={`M${path(data.rows[place] ?? [])}`}
          style={{
            fill: "none",
            stroke: place === run ? "var(--chart-2)" : "var(--chart-1)",
            strokeWidth: place === run ? 3 : 1.5,
            opacity: place === run ? 1 : 0.45,
            cursor: "pointer",
          }}
          onPointerEnter={() => onRead(words(data.rows[place] ?? []))}
          onClick={() => onRun(place)}
        />
      ))}
      {axes.map((axis, place) => (
        <g key={axis.name}>
          <line
            x1={x(place)}
            x2={x(place)}
            y1={TOP}
            y2={bottom}
            style={{ stroke: "var(--studio-line-strong)" }}
          />
          <text
            x={x(place)}
            y={place % 2 === 0 ? 14 : 31}
            textAnchor={anchor(place, axes.length)}
            style={{ fill: "var(--studio-text)", fontSize: 12, fontWeight: axis.metric ? 600 : 400 }}
          >
            <title>{axis.name}</title>
            {short(axis.name.replaceAll("_", " "), room(place))}
          </text>
          {(axis.words ?? [compact(axis.low), ...(axis.high > axis.low ? [compact(axis.high)] : [])]).map(
            (text, at, all) => (
              <text
                key={text}
                x={x(place) + (place === axes.length - 1 ? -6 : 6)}
                y={y(all.length > 1 ? at / (all.length - 1) : 0.5) + (at === 0 ? -4 : 12)}
                textAnchor={place === axes.length - 1 ? "end" : "start"}
                style={{ ...INK, paintOrder: "stroke", stroke: "var(--studio-surface)", strokeWidth: 3 }}
              >
                {text}
              </text>
            ),
          )}
        </g>
      ))}
    </svg>
  );
}

const anchor = (place: number, many: number) =>
  place === 0 ? "start" : place === many - 1 ? "end" : "middle";
