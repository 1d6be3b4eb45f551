import type { Drift } from "../../api/compare";
import classes from "./TablesScreen.module.css";

const WIDTH = 160;
const HEIGHT = 32;

/** Two histograms over the same bins, each as shares of its own table: the old one filled, the new one a line. */
export function TwoShapes({ drift: { old_counts, new_counts }, label }: { drift: Drift; label: string }) {
  const [before, after] = [shares(old_counts ?? []), shares(new_counts ?? [])];
  const most = Math.max(...before, ...after, 1e-9);
  const step = WIDTH / Math.max(1, before.length);
  const up = (share: number) => HEIGHT - (share / most) * (HEIGHT - 2);
  const line = after.map(
    (share, at) => `${at === 0 ? "M" : "L"}${at * step} ${up(share)}H${(at + 1) * step}`,
  );
  return (
    <svg
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={`Shapes of ${label}`}
      className={classes.shapes}
    >
      {before.map((share, at) => (
        <rect
          key={at}
          x={at * step}
          y={up(share)}
          width={step}
          height={HEIGHT - up(share)}
          className={classes.shapeOld}
        />
      ))}
      <path d={line.join("")} className={classes.shapeNew} />
    </svg>
  );
}

function shares(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, one) => sum + one, 0);
  return counts.map((one) => (total > 0 ? one / total : 0));
}
