import { useQuery } from "@tanstack/react-query";
import { rowsQuery } from "../../../../api/artifacts";
import type { Column, ColumnSummary } from "../../../../api/types";
import { cellText, numberText } from "../../../../results/table/cells";
import { HeadShape } from "../../../../results/table/HeadSummary";
import { shareText } from "../../../../results/table/shares";
import { typeWord } from "../../../../results/table/TypeMark";
import { useColumnSummary } from "../../../../results/table/useColumnSummary";
import { plural } from "../../../../ui/words";
import classes from "./ColumnsField.module.css";

interface Props {
  column: Column;
  artifact: string;
  many: number;
  source: number;
}

const FIRST = 5;
const WIDTH = 240;

/** A column at a glance: its type, its shape, its statistics and its first values. */
export function ColumnHint({ column, artifact, many, source }: Props) {
  const { summary } = useColumnSummary(artifact, many, source);
  const { data } = useQuery(
    rowsQuery(artifact, { offset: 0, limit: FIRST, first_column: source, columns: 1 }),
  );
  return (
    <div className={classes.glimpse}>
      <strong>{column.name}</strong>
      <span className={classes.quiet}>{typeWord(column.type)}</span>
      {column.note ? <span className={classes.missing}>{column.note}</span> : null}
      {summary ? (
        <>
          <div className={classes.shape}>
            <HeadShape summary={summary} width={WIDTH} />
          </div>
          {factsOf(summary).map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </>
      ) : null}
      {data && data.rows.length > 0 ? (
        <span className={classes.first}>
          First: {data.rows.map(([value]) => valueText(value, column.type, summary?.days)).join(" · ")}
        </span>
      ) : null}
    </div>
  );
}

const LONGEST = 24;

function valueText(value: unknown, type: Column["type"], days?: boolean | null): string {
  if (value === null || value === undefined) return "missing";
  const text = cellText(value, type, days ?? false);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text || "empty";
}

function factsOf({
  type,
  count,
  missing,
  unique,
  min,
  max,
  mean,
  median,
  top,
  days,
}: ColumnSummary): string[] {
  const part = missing > 0 ? `, ${shareText(missing / (missing + count))} missing` : ", none missing";
  const facts = [`${plural(count, "value")}${part}, ${unique} unique`];
  if (typeof min === "number" && typeof max === "number") {
    facts.push(`${numberText(min)} to ${numberText(max)}`);
    if (typeof mean === "number" && typeof median === "number")
      facts.push(`mean ${Number(mean.toPrecision(4))}, median ${Number(median.toPrecision(4))}`);
  } else if (min != null && max != null)
    facts.push([min, max].map((end) => cellText(end, type, days ?? false)).join(" to "));
  const [most] = top ?? [];
  if (most && count > 0)
    facts.push(`most often ${valueText(most.value, "string")}, ${shareText(most.count / count)}`);
  return facts;
}
