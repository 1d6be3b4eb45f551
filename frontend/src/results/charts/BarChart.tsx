import type { BarData } from "../../api/charts";
import { fullText } from "../table/cells";
import { count } from "../../ui/words";
import type { DrawProps } from "./draw";
import { Frame, INK, MARGIN } from "./Frame";
import { scaleOf, valueText } from "./scale";
import { short, slots } from "./slots";

const LEFT = 160;
const ROW = 26;

/** Bars to the right, so that words have room; the picture grows with them. */
export function BarChart({ chart, data, settings, size, label, onRead }: DrawProps<BarData>) {
  const height = Math.max(160, MARGIN.top + MARGIN.bottom + data.bars.length * ROW);
  const values = data.bars.flatMap((bar) => bar.value ?? []);
  const type = settings.measure === "count" ? "integer" : chart.y?.type;
  const x = scaleOf({
    domain: type === "datetime" ? around(values) : [Math.min(0, ...values), Math.max(0, ...values) || 1],
    range: [LEFT, size.width - MARGIN.right],
    room: (size.width - LEFT) / 110,
    kind: type === "datetime" ? "time" : chart.y ? "number" : "whole",
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
        const words = `${name}: ${bar.value === null ? "no value" : valueText(bar.value, type)}${chart.y ? ` (${count(bar.count)} rows)` : ""}`;
        const zero = x.at(type === "datetime" ? x.from : 0);
        const end = bar.value === null ? zero : x.at(bar.value);
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
              style={{ fill: "var(--chart-1)" }}
            />
          </g>
        );
      })}
    </Frame>
  );
}

/** Dates have no zero: from a little before the first to a little behind the last. */
function around(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const spare = (high - low) * 0.1 || 86_400_000;
  return values.length > 0 ? [low - spare, high + spare] : [0, 1];
}
