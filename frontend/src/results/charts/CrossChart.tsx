import type { CrossData } from "../../api/charts";
import { fullText } from "../table/cells";
import { count } from "../../ui/words";
import type { DrawProps } from "./draw";
import { Frame, INK, MARGIN } from "./Frame";
import { compact } from "./scale";
import { short, slots } from "./slots";

const LEFT = 140;
const ROW = 32;

/** Rows that have both values: the stronger the color the more. */
export function CrossChart({ chart, data, size, label, onRead }: DrawProps<CrossData>) {
  const height = MARGIN.top + MARGIN.bottom + data.y_labels.length * ROW;
  const across = slots(data.x_labels.length, [LEFT, size.width - MARGIN.right]);
  const up = slots(data.y_labels.length, [MARGIN.top, height - MARGIN.bottom]);
  const most = Math.max(1, ...data.counts.flat());
  return (
    <Frame
      size={{ width: size.width, height }}
      label={label}
      xTitle={chart.x?.name}
      yTitle={chart.y?.name}
      left={LEFT}
    >
      {data.x_labels.map((one, column) => (
        <text
          key={column}
          x={across.at(column)}
          y={height - MARGIN.bottom + 17}
          textAnchor="middle"
          style={INK}
        >
          {short(fullText(one), across.width)}
        </text>
      ))}
      {data.counts.map((counts, row) => (
        <g key={row}>
          <text x={LEFT - 8} y={up.at(row) + 4} textAnchor="end" style={INK}>
            {short(fullText(data.y_labels[row]), LEFT - 40)}
          </text>
          {counts.map((rows, column) => {
            const words = `${fullText(data.x_labels[column])}, ${fullText(data.y_labels[row])}: ${count(rows)} rows`;
            return (
              <g key={column} onPointerEnter={() => onRead(words)}>
                <title>{words}</title>
                <rect
                  x={across.at(column) - across.width / 2 + 1}
                  y={up.at(row) - up.width / 2 + 1}
                  width={across.width - 2}
                  height={up.width - 2}
                  rx={2}
                  style={{
                    fill: "var(--chart-1)",
                    opacity: rows === 0 ? 0.04 : 0.1 + 0.4 * (rows / most),
                  }}
                />
                <text
                  x={across.at(column)}
                  y={up.at(row) + 4}
                  textAnchor="middle"
                  style={{ ...INK, fill: "var(--studio-text)" }}
                >
                  {compact(rows)}
                </text>
              </g>
            );
          })}
        </g>
      ))}
    </Frame>
  );
}
