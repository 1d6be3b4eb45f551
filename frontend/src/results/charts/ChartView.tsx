import { useDebouncedValue, useElementSize } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { chartQuery, type ChartQuery } from "../../api/charts";
import type { Column } from "../../api/types";
import { EmptyState } from "../../ui/EmptyState";
import { Loading } from "../../ui/Loading";
import { usePassing } from "../table/passing";
import { ProblemMessage } from "../../ui/ProblemMessage";
import type { View } from "../table/usePages";
import { ChartForm } from "./ChartForm";
import { ChartPicture } from "./ChartPicture";
import { ChartTools } from "./ChartTools";
import classes from "./ChartView.module.css";
import { figuresOf, hasSomething, notesOf } from "./figures";
import { KIND_WORDS, kindsFor, startColumn } from "./kinds";
import type { Wish } from "./wish";

const REST_MS = 200;
const SMALLEST = { width: 320, height: 200 };

interface Props {
  artifact: string;
  columns: readonly Column[];
  /** Filters and search hold for charts too. */
  view: View;
  /** The column to begin with, or "". */
  start: string;
}

/** Charts of all rows that pass, binned on the server. */
export function ChartView({ artifact, columns, view, start }: Props) {
  const [wish, setWish] = useState<Wish>(() => ({
    x: startColumn(columns, start)?.name ?? "",
    y: null,
    kind: null,
    bins: 30,
    log: false,
    cumulative: false,
    measure: "mean",
  }));
  const find = (name: string | null) => columns.find((column) => column.name === name);
  const [x, y] = [find(wish.x), find(wish.y)];
  const kinds = x ? kindsFor(x, y) : [];
  const kind = wish.kind ?? kinds[0] ?? "bar";
  const asked: ChartQuery = {
    kind,
    filter: view.filter,
    ...(view.search && { search: view.search }),
    ...(kind !== "correlation" && { x: wish.x, ...(wish.y && { y: wish.y }) }),
    ...((kind === "histogram" || kind === "line") && { bins: wish.bins }),
    ...(kind === "histogram" && wish.log && { log: true }),
    ...(kind === "bar" && wish.y && { measure: wish.measure }),
  };
  const [rested] = useDebouncedValue(asked, REST_MS);
  const chart = useQuery(chartQuery(artifact, rested));
  const passing = usePassing();
  const stage = useElementSize<HTMLDivElement>();
  const drawing = useRef<HTMLDivElement>(null);
  const [read, onRead] = useState("");
  const size = {
    width: Math.max(SMALLEST.width, stage.width),
    height: Math.max(SMALLEST.height, stage.height - 4),
  };
  const title =
    kind === "correlation"
      ? "Correlation of all columns"
      : `${KIND_WORDS[kind]} of ${wish.x}${wish.y ? ` and ${wish.y}` : ""}`;
  return (
    <div className={classes.charts}>
      <ChartForm
        columns={columns}
        wish={wish}
        kind={kind}
        kinds={kinds}
        onChange={(change) => setWish((old) => ({ ...old, ...change }))}
      />
      <div className={classes.main}>
        <header className={classes.head}>
          <h2 className={classes.title}>{title}</h2>
          <span className={classes.notes}>
            {chart.data ? notesOf(chart.data, passing.rows).join(" · ") : ""}
          </span>
          {chart.data && hasSomething(chart.data) ? (
            <ChartTools figures={() => figuresOf(chart.data)} title={title} drawing={drawing} />
          ) : null}
        </header>
        <div
          ref={stage.ref}
          className={classes.stage}
          aria-busy={chart.isFetching}
          tabIndex={0}
          role="group"
          aria-label="Picture"
        >
          <div
            ref={drawing}
            className={classes.drawing}
            data-stale={chart.isPlaceholderData}
            onPointerLeave={() => onRead("")}
          >
            {chart.error ? (
              <ProblemMessage
                title="This cannot be drawn"
                error={chart.error}
                onRetry={() => void chart.refetch()}
              />
            ) : !chart.data ? (
              <Loading label="Drawing…" />
            ) : stage.width > 0 ? (
              <ChartPicture
                chart={chart.data}
                size={size}
                label={`${title}, ${notesOf(chart.data, passing.rows).join(", ")}`}
                settings={wish}
                onRead={onRead}
              />
            ) : (
              <EmptyState title="Not enough room">Make this panel larger to see the chart.</EmptyState>
            )}
          </div>
        </div>
        <output className={classes.reading}>{read}</output>
      </div>
    </div>
  );
}
