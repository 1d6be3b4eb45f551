import type { Chart } from "../../api/charts";
import { EmptyState } from "../../ui/EmptyState";
import { BarChart } from "./BarChart";
import { BoxChart } from "./BoxChart";
import { CorrelationChart } from "./CorrelationChart";
import { CrossChart } from "./CrossChart";
import type { ChartSettings } from "./draw";
import { hasSomething } from "./figures";
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
    return <EmptyState title="Nothing to draw">No row that matches has a value here.</EmptyState>;
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
