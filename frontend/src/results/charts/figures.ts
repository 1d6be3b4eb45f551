/** A chart's figures as a small table, for the clipboard. Pure. */

import type { Chart } from "../../api/charts";

export function figuresOf(chart: Chart): unknown[][] {
  switch (chart.kind) {
    case "histogram":
      return [
        ["from", "to", "rows"],
        ...chart.data.counts.map((rows, at) => [chart.data.edges[at], chart.data.edges[at + 1], rows]),
      ];
    case "box": {
      const names = [
        "label",
        "count",
        "min",
        "low",
        "q1",
        "median",
        "mean",
        "q3",
        "high",
        "max",
        "beyond",
      ] as const;
      return [[...names], ...chart.data.boxes.map((box) => names.map((name) => box[name]))];
    }
    case "scatter": {
      const { points, density } = chart.data;
      if (!density) return [[chart.x?.name, chart.y?.name], ...(points ?? [])];
      const { x_edges, y_edges, cells } = density;
      return [
        ["x from", "x to", "y from", "y to", "rows"],
        ...cells.map(([x, y, rows]) => [x_edges[x], x_edges[x + 1], y_edges[y], y_edges[y + 1], rows]),
      ];
    }
    case "bar":
      return [
        [chart.x?.name, "rows", chart.y?.name ?? "value"],
        ...chart.data.bars.map((bar) => [bar.label, bar.count, bar.value]),
      ];
    case "line":
      return [
        ["from", "to", "rows", "mean", "min", "max"],
        ...chart.data.bins.map(({ from, to, count, mean, min, max }) => [from, to, count, mean, min, max]),
      ];
    case "cross":
      return [
        ["", ...chart.data.x_labels],
        ...chart.data.counts.map((counts, row) => [chart.data.y_labels[row], ...counts]),
      ];
    case "correlation":
      return [
        ["", ...chart.data.columns],
        ...chart.data.matrix.map((values, row) => [chart.data.columns[row], ...values]),
      ];
  }
}

/** What is said beside the picture: rows that are not in it, and what they have in common. */
export function notesOf(chart: Chart, all = chart.rows): string[] {
  const { kind, data } = chart;
  const number = (n: number) => new Intl.NumberFormat("en").format(n);
  const rows = (n: number) => `${number(n)} ${n === 1 ? "row" : "rows"}`;
  const notes = [
    kind === "correlation"
      ? "Pearson, each pair over the rows that have both"
      : all === chart.rows
        ? `of ${rows(all)}`
        : `of ${number(chart.rows)} of ${rows(all)}`,
  ];
  if ("missing" in data && data.missing > 0) {
    const infinite = kind !== "bar" && [chart.x, chart.y].some((column) => column?.type === "float");
    notes.push(`${rows(data.missing)} without a ${infinite ? "finite " : ""}value`);
  }
  if (kind === "histogram" && data.left_out > 0)
    notes.push(`${rows(data.left_out)} not above 0 are left out`);
  if (kind === "scatter" && data.correlation !== null)
    notes.push(`correlation ${data.correlation.toFixed(3)}`);
  if (kind === "bar" && data.other > 0)
    notes.push(`${rows(data.other)} in ${data.distinct - data.bars.length} less frequent values`);
  if (kind === "box" && data.distinct > data.boxes.length)
    notes.push(`the ${data.boxes.length} most frequent of ${data.distinct} values`);
  if (kind === "cross" && data.left_out > 0) notes.push(`${rows(data.left_out)} with another value, or none`);
  if (kind === "correlation" && data.left_out > 0)
    notes.push(`the first ${data.columns.length} columns of numbers`);
  return notes;
}

/** Whether there is anything to draw. */
export function hasSomething({ kind, data }: Chart): boolean {
  switch (kind) {
    case "histogram":
      return data.counts.length > 0;
    case "box":
      return data.boxes.some((box) => box.count > 0);
    case "scatter":
      return data.count > 0;
    case "bar":
      return data.bars.length > 0;
    case "line":
      return data.bins.length > 0;
    case "cross":
      return data.x_labels.length > 0 && data.y_labels.length > 0;
    case "correlation":
      return data.columns.length > 0;
  }
}
