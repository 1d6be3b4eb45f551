import type { BarData } from "../../api/charts";
import { fullText, numberText } from "../table/cells";
import { count } from "../words";
import type { DrawProps } from "./draw";
import { Frame, INK, MARGIN } from "./Frame";
import { scaleOf } from "./scale";
import { short, slots } from "./slots";

const LEFT = 160;
const ROW = 26;

/** Bars to the right, so that words have room; the picture grows with them. */
export function BarChart({ chart, data, size, label, onRead }: DrawProps<BarData>) {
  const height = Math.max(160, MARGIN.top + MARGIN.bottom + data.bars.length * ROW);
  const values = data.bars.map((bar) => bar.value ?? 0);
  const x = scaleOf({
    domain: [Math.min(0, ...values), Math.max(0, ...values) || 1],
    range: [LEFT, size.width - MARGIN.right],
    room: (size.width - LEFT) / 110,
    kind: chart.y ? "number" : "whole",
  });
  const { at, width } = slots(data.bars.length, [MARGIN.top, height - MARGIN.bottom]);
  return (
    <Frame
      size={{ width: size.width, height }}
      label={label}
      x={x}
      xTitle={chart.y?.name ?? "Rows"}
      yTitle={undefined}
      left={LEFT}
    >
      {data.bars.map((bar, index) => {
        const name = fullText(bar.label) || "empty text";
        const words = `${name}: ${bar.value === null ? "no value" : numberText(bar.value)}${chart.y ? ` (${count(bar.count)} rows)` : ""}`;
        const [zero, end] = [x.at(0), x.at(bar.value ?? 0)];
        return (
          <g key={index} onPointerEnter={() => onRead(words)}>
            <title>{words}</title>
            <text x={LEFT - 8} y={at(index) + 4} textAnchor="end" style={INK}>
              {short(name, LEFT - 16)}
            </text>
            <rect
              x={Math.min(zero, end)}
              y={at(index) - width * 0.36}
              width={Math.max(1, Math.abs(end - zero))}
              height={width * 0.72}
              rx={2}
              style={{ fill: "var(--studio-accent)" }}
            />
          </g>
        );
      })}
    </Frame>
  );
}
