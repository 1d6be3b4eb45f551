import type { ColumnSummary } from "../../api/types";
import { histogramBars } from "./histogramBars";
import { count, shortCount } from "../../ui/words";
import { fullText } from "./cells";
import classes from "./HeadSummary.module.css";
import { isNarrowed, rowsText, usePassing } from "./passing";
import { shareText } from "./shares";
import { useColumnSummary } from "./useColumnSummary";

/** Values drawn as parts of a band, where they hold such a share; the rest are one part. */
const PARTS = 4;
const LEAST = 0.02;
/** A part's value is written in it where this many of its letters have room. */
const LETTERS = 5;
const LETTER_PX = 6;
const PADDING_PX = 8;
/** In less than this the share of what is missing is told without the word; its color and the pointer say it. */
const NARROW_PX = 104;

interface Props {
  artifact: string;
  many: number;
  source: number;
  /** Pixels. */
  width: number;
}

/** A column at a glance, in its head: its shape, and what is missing. */
export function HeadSummary({ artifact, many, source, width }: Props) {
  const { summary, query } = useColumnSummary(artifact, many, source);
  const passing = usePassing();
  if (!summary) return <div className={classes.summary} data-waiting={query.isPending} aria-hidden />;
  const total = summary.count + summary.missing;
  const missing = total > 0 ? summary.missing / total : 0;
  return (
    <div
      className={classes.summary}
      aria-hidden
      title={isNarrowed(passing) ? `Of ${rowsText(passing)}` : undefined}
    >
      <div className={classes.shape}>
        <HeadShape summary={summary} width={width} />
      </div>
      <div className={classes.words}>
        {summary.missing > 0 ? (
          <span className={classes.missing} title={`${shareText(missing)} missing`}>
            {width < NARROW_PX ? shareText(missing) : `${shareText(missing)} missing`}
          </span>
        ) : null}
        {hasShape(summary) ? <span>{shortCount(summary.unique)} unique</span> : null}
      </div>
    </div>
  );
}

/** Texts that never come twice have no shape: that they are unique says it all. */
const hasShape = ({ histogram, top, count: present, unique }: ColumnSummary): boolean =>
  (histogram?.counts.length ?? 0) > 0 || !top || present < 2 || unique < present;

/** A histogram, a band of the most frequent values (the first of them where none has room), or how many there are. */
export function HeadShape({ summary, width }: { summary: ColumnSummary; width: number }) {
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
  if (!hasShape(summary)) return <div className={classes.different}>{count(summary.unique)} unique</div>;
  const parts = top.slice(0, PARTS).filter((part) => part.count / present >= LEAST);
  const written = (text: string, share: number) =>
    share * width >= PADDING_PX + LETTER_PX * Math.min(LETTERS, text.length) ? text : "";
  const rest = present - parts.reduce((sum, part) => sum + part.count, 0);
  const most = parts[0];
  if (most && !parts.some((part) => written(fullText(part.value), part.count / present))) {
    const share = most.count / present;
    return (
      <div className={classes.most} title={`Most often ${fullText(most.value)}: ${shareText(share)}`}>
        <span className={classes.value}>{fullText(most.value)}</span>
        <span className={classes.share}>{shareText(share)}</span>
        <span className={classes.meter} style={{ width: `${share * 100}%` }} />
      </div>
    );
  }
  return (
    <div className={classes.band}>
      {parts.map((part, index) => (
        <span
          key={index}
          style={{ flexGrow: part.count }}
          title={`${fullText(part.value)}: ${shareText(part.count / present)}`}
        >
          {written(fullText(part.value), part.count / present)}
        </span>
      ))}
      {rest > 0 ? <span data-rest style={{ flexGrow: rest }} /> : null}
    </div>
  );
}
