import { duration } from "../../ui/words";
import { timeParts } from "./timeParts";
import classes from "./TimeBar.module.css";

/** Where a node's time went: one bar, a stretch a part, and the parts in words. */
export function TimeBar({ timings, tookMs }: { timings: Record<string, number>; tookMs: number }) {
  const parts = timeParts(timings, tookMs);
  if (parts.length === 0) return null;
  return (
    <div className={classes.times}>
      <div className={classes.bar} aria-hidden>
        {parts.map(({ name, share }) => (
          <span key={name} data-part={name} style={{ flexGrow: share }} />
        ))}
      </div>
      <ul className={classes.legend} aria-label="Where the time went">
        {parts.map(({ name, seconds }) => (
          <li key={name}>
            <span className={classes.swatch} data-part={name} aria-hidden />
            {name} <span className={classes.seconds}>{duration(seconds * 1000)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
