import type { ColumnSummary } from "../../api/types";
import { histogramBars } from "../histogram";
import { shortCount } from "../words";
import { fullText } from "./cells";
import classes from "./HeadSummary.module.css";
import { shareText } from "./shares";
import { useColumnSummary } from "./useColumnSummary";

/** Values drawn as parts of a band, where they hold such a share; the rest are one part. */
const PARTS = 4;
const LEAST = 0.02;

/** A column at a glance, in its head: its shape, and what is missing. */
export function HeadSummary({ artifact, many, source }: { artifact: string; many: number; source: number }) {
  const { summary, query } = useColumnSummary(artifact, many, source);
  if (!summary) return <div className={classes.summary} data-waiting={query.isPending} aria-hidden />;
  const total = summary.count + summary.missing;
  const missing = total > 0 ? summary.missing / total : 0;
  return (
    <div className={classes.summary} aria-hidden>
      <div className={classes.shape}>
        <HeadShape summary={summary} />
      </div>
      <div className={classes.words}>
        <span className={classes.unique}>{shortCount(summary.unique)} unique</span>
        {summary.missing > 0 ? <span className={classes.missing}>{shareText(missing)} missing</span> : null}
      </div>
    </div>
  );
}

/** A histogram, or a band of the most frequent values. */
export function HeadShape({ summary }: { summary: ColumnSummary }) {
  const { histogram, top, count: present } = summary;
  if (histogram && histogram.counts.length > 0) {
    return (
      <svg viewBox="0 0 100 20" preserveAspectRatio="none" className={classes.picture}>
        {histogramBars(histogram.edges, histogram.counts, 0.06).map(({ left, width, height }, index) => (
          <rect
            key={index}
            x={left * 100 + 0.6}
            y={20 - height * 20}
            width={width * 100 - 1.2}
            height={height * 20}
          />
        ))}
      </svg>
    );
  }
  if (!top || present === 0) return null;
  const parts = top.slice(0, PARTS).filter((part) => part.count / present >= LEAST);
  const rest = present - parts.reduce((sum, part) => sum + part.count, 0);
  return (
    <div className={classes.band}>
      {parts.map((part, index) => (
        <span
          key={index}
          style={{ flexGrow: part.count }}
          title={`${fullText(part.value)}: ${shareText(part.count / present)}`}
        >
          {fullText(part.value)}
        </span>
      ))}
      {rest > 0 ? <span data-rest style={{ flexGrow: rest }} /> : null}
    </div>
  );
}
