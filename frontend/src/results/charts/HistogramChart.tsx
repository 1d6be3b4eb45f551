import type { HistogramData } from "../../api/charts";
import { count } from "../../ui/words";
import type { DrawProps } from "./draw";
import { Frame, inner, scaleKind } from "./Frame";
import { scaleOf, valueText } from "./scale";

export function HistogramChart({ chart, data, size, label, settings, onRead }: DrawProps<HistogramData>) {
  const type = chart.x?.type;
  const { across, up } = inner(size);
  const total = data.counts.reduce((sum, one) => sum + one, 0);
  let sum = 0;
  const heights = data.counts.map((one) => (settings.cumulative ? (sum += one) : one));
  const x = scaleOf({
    domain: [data.edges[0] ?? 0, data.edges[data.edges.length - 1] ?? 1],
    range: across,
    room: size.width / 110,
    kind: settings.log ? "log" : scaleKind(type),
  });
  const y = scaleOf({
    domain: [0, Math.max(1, ...heights) * 1.04],
    range: up,
    room: size.height / 60,
    kind: "whole",
  });
  return (
    <Frame
      size={size}
      label={label}
      x={x}
      y={y}
      xTitle={chart.x?.name}
      yTitle={settings.cumulative ? "Rows up to here" : "Rows"}
    >
      {heights.map((height, index) => {
        const [from, to] = [data.edges[index] ?? 0, data.edges[index + 1] ?? 0];
        const words = `${valueText(from, type)} – ${valueText(to, type)}: ${count(height)} rows (${((height / Math.max(1, total)) * 100).toFixed(1)} %)`;
        const [left, right] = [x.at(from), x.at(to)];
        const top = height > 0 ? Math.min(y.at(height), up[0] - 1.5) : up[0];
        return (
          <g key={index} onPointerEnter={() => onRead(words)}>
            <rect
              x={left}
              y={up[1]}
              width={Math.max(0, right - left)}
              height={up[0] - up[1]}
              style={{ fill: "transparent" }}
            />
            <rect
              x={left + 0.5}
              y={top}
              width={Math.max(0.5, right - left - 1)}
              height={up[0] - top}
              style={{ fill: "var(--chart-1)" }}
            >
              <title>{words}</title>
            </rect>
          </g>
        );
      })}
    </Frame>
  );
}
