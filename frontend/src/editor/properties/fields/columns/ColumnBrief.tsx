import type { ColumnSummary } from "../../../../api/types";
import { cellText } from "../../../../results/table/cells";
import { shareText } from "../../../../results/table/shares";
import { useColumnSummary } from "../../../../results/table/useColumnSummary";
import { shortCount } from "../../../../ui/words";
import classes from "./ColumnsField.module.css";

/** A column in a few letters: from where to where, or how many values; and what is missing. */
export function ColumnBrief({ artifact, many, source }: { artifact: string; many: number; source: number }) {
  const { summary } = useColumnSummary(artifact, many, source);
  if (!summary) return null;
  const missing = summary.missing / Math.max(1, summary.missing + summary.count);
  return (
    <span className={classes.brief}>
      {missing > 0 ? <span className={classes.missing}>{shareText(missing)} missing</span> : null}
      <span>{range(summary)}</span>
    </span>
  );
}

function range({ type, min, max, unique }: ColumnSummary): string {
  if (typeof min === "number" && typeof max === "number") return `${short(min)} … ${short(max)}`;
  if (type === "datetime" && typeof min === "string" && typeof max === "string")
    return `${cellText(min, type).slice(0, 10)} …`;
  return unique === 1 ? "1 value" : `${shortCount(unique)} values`;
}

/** Four digits that tell. */
const short = (value: number): string =>
  Math.abs(value) >= 10_000 ? shortCount(value) : String(Number(value.toPrecision(4)));
