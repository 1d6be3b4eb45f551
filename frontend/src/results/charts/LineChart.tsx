import type { LineData } from "../../api/charts";
import { plural } from "../../ui/words";
import type { DrawProps } from "./draw";
import { Frame, inner, scaleKind } from "./Frame";
import { scaleOf, valueText } from "./scale";

/** The mean along an axis, with the range from least to most behind it; without a second column, the rows. */
export function LineChart({ chart, data: { bins }, size, label, onRead }: DrawProps<LineData>) {
  const { across, up } = inner(size);
  const measured = chart.y !== null;
  const value = (bin: LineData["bins"][number]) => (measured ? (bin.mean ?? 0) : bin.count);
  const means = bins.map(value);
  const [low, high] = measured ? [Math.min(...means), Math.max(...means)] : [0, Math.max(1, ...means)];
  const spare = (high - low) * 0.06 || 1;
  const x = scaleOf({
    domain: [bins[0]?.from ?? 0, bins[bins.length - 1]?.to ?? 1],
    range: across,
    room: size.width / 110,
    kind: scaleKind(chart.x?.type),
  });
  const y = scaleOf({
    domain: [measured ? low - spare : 0, high + spare],
    range: up,
    room: size.height / 60,
    kind: measured ? scaleKind(chart.y?.type) : "whole",
  });
  const middle = (bin: LineData["bins"][number]) => x.at((bin.from + bin.to) / 2);
  const path = bins.map(
    (bin, index) => `${index === 0 ? "M" : "L"}${middle(bin).toFixed(1)} ${y.at(value(bin)).toFixed(1)}`,
  );
  return (
    <Frame
      size={size}
      label={label}
      x={x}
      y={y}
      xTitle={chart.x?.name}
      yTitle={measured ? `Mean of ${chart.y?.name}` : "Rows"}
    >
      <path
        d={path.join("")}
        style={{ fill: "none", stroke: "var(--chart-1)", strokeWidth: 1.75, strokeLinejoin: "round" }}
      />
      {bins.map((bin, index) => {
        const said = (one: number | undefined) => valueText(one ?? 0, chart.y?.type);
        const words =
          `${valueText(bin.from, chart.x?.type)} – ${valueText(bin.to, chart.x?.type)}: ${plural(bin.count, "row")}` +
          (measured ? `, mean ${said(bin.mean)}, from ${said(bin.min)} to ${said(bin.max)}` : "");
        return (
          <g key={index} onPointerEnter={() => onRead(words)}>
            <rect
              x={x.at(bin.from)}
              y={up[1]}
              width={Math.max(1, x.at(bin.to) - x.at(bin.from))}
              height={up[0] - up[1]}
              style={{ fill: "transparent" }}
            />
            {bins.length <= 80 ? (
              <circle cx={middle(bin)} cy={y.at(value(bin))} r={2.5} style={{ fill: "var(--chart-1)" }} />
            ) : null}
          </g>
        );
      })}
    </Frame>
  );
}
