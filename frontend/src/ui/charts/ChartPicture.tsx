import type { Chart } from "../../api/charts";
import { EmptyState } from "../EmptyState";
import { BarChart } from "./BarChart";
import { BoxChart } from "./BoxChart";
import { CorrelationChart } from "./CorrelationChart";
import { CrossChart } from "./CrossChart";
import type { ChartSettings } from "./draw";
import type { Size } from "./Frame";
import { HistogramChart } from "./HistogramChart";
import { LineChart } from "./LineChart";
import { ScatterChart } from "./ScatterChart";

interface Props {
  chart: Chart;
  size: Size;
  label: string;
  settings: ChartSettings;
  onRead: (words: string) => void;
}

/** The chart, drawn by its kind. */
export function ChartPicture({ chart, ...rest }: Props) {
  if (!hasSomething(chart))
    return <EmptyState title="Nothing to draw">No row that passes has a value here.</EmptyState>;
  switch (chart.kind) {
    case "histogram":
      return <HistogramChart chart={chart} data={chart.data} {...rest} />;
    case "box":
      return <BoxChart chart={chart} data={chart.data} {...rest} />;
    case "scatter":
      return <ScatterChart chart={chart} data={chart.data} {...rest} />;
    case "bar":
      return <BarChart chart={chart} data={chart.data} {...rest} />;
    case "line":
      return <LineChart chart={chart} data={chart.data} {...rest} />;
    case "cross":
      return <CrossChart chart={chart} data={chart.data} {...rest} />;
    case "correlation":
      return <CorrelationChart chart={chart} data={chart.data} {...rest} />;
  }
}

function hasSomething({ kind, data }: Chart): boolean {
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
