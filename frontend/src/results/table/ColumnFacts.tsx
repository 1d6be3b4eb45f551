import { Skeleton } from "@mantine/core";
import type { Column, ColumnSummary } from "../../api/types";
import { Histogram } from "./Histogram";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { count } from "../../ui/words";
import { cellText, dateText, isNumeric, numberText } from "./cells";
import classes from "./ColumnPanel.module.css";
import { shareText } from "./shares";
import { TopValues } from "./TopValues";
import { typeWord } from "./TypeMark";
import { useColumnSummary } from "./useColumnSummary";

interface Props {
  artifact: string;
  /** How many columns the table has. */
  many: number;
  source: number;
  column: Column;
}

/** What is known of one column: its type, how full it is, its statistics and its distribution. */
export function ColumnFacts({ artifact, many, source, column }: Props) {
  const { summary, query } = useColumnSummary(artifact, many, source);
  const { isPending, error, refetch } = query;
  if (error) {
    return (
      <ProblemMessage title="Could not summarize the columns" error={error} onRetry={() => void refetch()} />
    );
  }
  if (isPending) return <Waiting />;
  if (!summary) return <p className={classes.none}>Nothing is known about this column.</p>;
  return (
    <>
      {column.note ? <p className={classes.note}>{column.note}</p> : null}
      <dl className={classes.facts}>
        <Fact name="Type" value={typeWord(column.type)} />
        {factsOf(summary).map(([name, value]) => (
          <Fact key={name} name={name} value={value} />
        ))}
      </dl>
      <Distribution summary={summary} />
    </>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd title={value}>{value}</dd>
    </div>
  );
}

function factsOf(summary: ColumnSummary): [string, string][] {
  const { missing, unique, mean, median, min, max, std } = summary;
  const total = summary.count + missing;
  const part = missing > 0 && total > 0 ? ` (${shareText(missing / total)})` : "";
  const facts: [string, string][] = [
    ["Values", count(summary.count)],
    ["Missing", `${count(missing)}${part}`],
    ["Unique", count(unique)],
  ];
  const known = (value: unknown) => value !== null && value !== undefined;
  const numbers: [string, unknown][] = [
    ["Mean", mean],
    ["Median", median],
    ["Min", min],
    ["Max", max],
    ["Standard deviation", std],
    ...(summary.quantiles ?? []).map(({ share, value }): [string, unknown] => [
      `${Math.round(share * 100)} % lie below`,
      value,
    ]),
  ];
  for (const [name, value] of numbers) {
    if (known(value)) facts.push([name, figureText(value, summary)]);
    else if (isNumeric(summary.type)) facts.push([name, "–"]);
  }
  return facts;
}

/** Of integers every digit counts: a rounded id is another one. */
function figureText(value: unknown, { type, days }: ColumnSummary): string {
  if (typeof value !== "number") return cellText(value, type, days ?? false);
  return type === "integer" && Number.isInteger(value) ? String(value) : numberText(value);
}

function Distribution({ summary: { name, histogram, top, ...rest } }: { summary: ColumnSummary }) {
  if (histogram && histogram.counts.length > 0) {
    return (
      <section className={classes.part} aria-label="Histogram">
        <Histogram
          label={`Histogram of ${name}`}
          edges={histogram.edges}
          counts={histogram.counts}
          {...(rest.type === "datetime" ? { show: dateText } : {})}
        />
      </section>
    );
  }
  if (top && top.length > 0) {
    return (
      <section className={classes.part} aria-label="Most frequent values">
        <h3 className={classes.title}>Most frequent</h3>
        <TopValues top={top} total={rest.count} />
      </section>
    );
  }
  return null;
}

function Waiting() {
  return (
    <div role="status" aria-label="Summarizing the columns" className={classes.waiting}>
      {[80, 60, 70, 50, 66, 40].map((width, index) => (
        <Skeleton key={index} height={10} width={`${width}%`} />
      ))}
      <Skeleton height={104} />
    </div>
  );
}
