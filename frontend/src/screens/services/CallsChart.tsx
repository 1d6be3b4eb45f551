import type { Calls } from "../../api/serviceCalls";
import { count, moment, plural } from "../../ui/words";
import classes from "./CallsTab.module.css";
import { milliseconds } from "./milliseconds";

type Point = Calls["points"][number];

/** Two rows of bars over the same time: calls with the errors among them, and how long 95 of a hundred took. */
export function CallsChart({ calls }: { calls: Calls }) {
  const { points, hours, minutes, began, total } = calls;
  if (points.length === 0) {
    return <p className={classes.none}>Nobody has called it in this time.</p>;
  }
  const pieces = Math.ceil((hours * 60) / minutes);
  const start = new Date(began).getTime();
  const place = (point: Point) => (new Date(point.at).getTime() - start) / (minutes * 60_000);
  const most = Math.max(...points.map((point) => point.calls));
  const slowest = Math.max(...points.map((point) => point.p95 ?? 0));
  const each = minutes === 1 ? "a minute" : `in ${plural(minutes, "minute")}`;
  return (
    <div className={classes.charts}>
      <Bars
        title={`Calls ${each}, at most ${count(most)}`}
        label={`${plural(total.calls, "call")}, ${plural(total.errors, "error")} among them`}
        pieces={pieces}
        bars={points.map((point) => ({
          place: place(point),
          height: point.calls / most,
          wrong: point.errors / most,
          said: `${moment(point.at)}: ${plural(point.calls, "call")}, ${plural(point.errors, "error")}`,
        }))}
      />
      <Bars
        title={`95 of 100 within, at most ${milliseconds(slowest)}`}
        label={`95 of 100 calls were answered within ${milliseconds(total.p95)}`}
        pieces={pieces}
        bars={points.map((point) => ({
          place: place(point),
          height: (point.p95 ?? 0) / slowest,
          wrong: 0,
          said: `${moment(point.at)}: half within ${milliseconds(point.p50)}, 95 of 100 within ${milliseconds(point.p95)}, 99 within ${milliseconds(point.p99)}`,
        }))}
      />
    </div>
  );
}

interface Bar {
  place: number;
  /** Of the whole height. */
  height: number;
  wrong: number;
  said: string;
}

interface BarsProps {
  title: string;
  label: string;
  pieces: number;
  bars: Bar[];
}

const HIGH = 60;

function Bars({ title, label, pieces, bars }: BarsProps) {
  return (
    <figure className={classes.figure}>
      <figcaption>{title}</figcaption>
      <svg viewBox={`0 0 ${pieces} ${HIGH}`} preserveAspectRatio="none" role="img" aria-label={label}>
        {bars.map(({ place, height, wrong, said }) => (
          <g key={place}>
            <title>{said}</title>
            <rect x={place} y={0} width={1} height={HIGH} className={classes.room} />
            <rect
              x={place + 0.1}
              y={HIGH * (1 - height)}
              width={0.8}
              height={HIGH * height}
              className={classes.right}
            />
            <rect
              x={place + 0.1}
              y={HIGH * (1 - wrong)}
              width={0.8}
              height={HIGH * wrong}
              className={classes.wrong}
            />
          </g>
        ))}
      </svg>
    </figure>
  );
}
