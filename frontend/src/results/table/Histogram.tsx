import { useState, type KeyboardEvent } from "react";
import { histogramBars, type Bar } from "./histogramBars";
import classes from "./Histogram.module.css";
import { numberText } from "./cells";
import { plural } from "../../ui/words";

interface Props {
  label: string;
  edges: readonly number[];
  counts: readonly number[];
  /** How an edge is written; numbers as such where left out. */
  show?: (edge: number) => string;
}

const HEIGHT = 104;

/** A histogram; the bin under the pointer, or chosen with the arrow keys, says its range and count. */
export function Histogram({ label, edges, counts, show = numberText }: Props) {
  const bars = histogramBars(edges, counts);
  const [chosen, choose] = useState<number | null>(null);
  const bar = chosen === null ? undefined : bars[chosen];
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    choose((old) => Math.max(0, Math.min(bars.length - 1, old === null ? 0 : old + step)));
  };
  return (
    <figure className={classes.figure}>
      <div
        role="img"
        tabIndex={0}
        aria-label={`${label}: ${spoken(bars, show)}`}
        className={classes.picture}
        onKeyDown={onKeyDown}
        onPointerLeave={() => choose(null)}
        onBlur={() => choose(null)}
      >
        <svg viewBox={`0 0 1000 ${HEIGHT}`} preserveAspectRatio="none" aria-hidden className={classes.svg}>
          {bars.map(({ left, width, height }, index) => (
            <g key={index} onPointerEnter={() => choose(index)}>
              <rect x={left * 1000} y={0} width={width * 1000} height={HEIGHT} fill="transparent" />
              <rect
                x={left * 1000 + 2}
                y={HEIGHT * (1 - height)}
                width={Math.max(1, width * 1000 - 4)}
                height={HEIGHT * height}
                className={classes.bar}
                data-chosen={index === chosen}
              />
            </g>
          ))}
        </svg>
      </div>
      <figcaption className={classes.caption}>
        {bar ? (
          <output className={classes.reading}>
            <span>
              {show(bar.from)} – {show(bar.to)}
            </span>
            <strong>{plural(bar.count, "row")}</strong>
          </output>
        ) : (
          <span className={classes.ends}>
            <span>{show(edges[0] ?? 0)}</span>
            <span>{show(edges[edges.length - 1] ?? 0)}</span>
          </span>
        )}
      </figcaption>
    </figure>
  );
}

/** What a screen reader says: the range, and where most values lie. */
function spoken(bars: readonly Bar[], show: (edge: number) => string): string {
  const most = bars.reduce<Bar | undefined>((a, b) => (a && a.count >= b.count ? a : b), undefined);
  const [first, last] = [bars[0], bars[bars.length - 1]];
  if (!most || !first || !last) return "no values";
  return (
    `${bars.length} bins from ${show(first.from)} to ${show(last.to)}, ` +
    `most (${plural(most.count, "row")}) from ${show(most.from)} to ${show(most.to)}. Arrow keys read each bin.`
  );
}
