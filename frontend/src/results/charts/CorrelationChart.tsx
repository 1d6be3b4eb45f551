import type { CorrelationData } from "../../api/charts";
import type { DrawProps } from "./draw";
import { Frame, INK, MARGIN } from "./Frame";
import { short, slots } from "./slots";

const LEFT = 140;

/** Every two columns of numbers: blue rise together, orange against each other. */
export function CorrelationChart({
  data: { columns, matrix },
  size,
  label,
  onRead,
}: DrawProps<CorrelationData>) {
  const cell = Math.max(18, Math.min(44, (size.width - LEFT - MARGIN.right) / Math.max(1, columns.length)));
  const width = LEFT + MARGIN.right + cell * columns.length;
  const height = MARGIN.top + cell * columns.length + 110;
  const across = slots(columns.length, [LEFT, LEFT + cell * columns.length]);
  const up = slots(columns.length, [MARGIN.top, MARGIN.top + cell * columns.length]);
  return (
    <Frame size={{ width, height }} label={label} left={LEFT}>
      {matrix.map((values, row) => (
        <g key={row}>
          <text x={LEFT - 8} y={up.at(row) + 4} textAnchor="end" style={INK}>
            {short(columns[row] ?? "", LEFT - 16)}
          </text>
          <text
            transform={`translate(${across.at(row) + 4} ${MARGIN.top + cell * columns.length + 10}) rotate(-60)`}
            textAnchor="end"
            style={INK}
          >
            {short(columns[row] ?? "", 100)}
          </text>
          {values.map((r, column) => {
            const words = `${columns[row]} and ${columns[column]}: ${r === null ? "not known, one of them never varies" : r.toFixed(3)}`;
            return (
              <g key={column} onPointerEnter={() => onRead(words)}>
                <title>{words}</title>
                <rect
                  x={across.at(column) - cell / 2 + 0.5}
                  y={up.at(row) - cell / 2 + 0.5}
                  width={cell - 1}
                  height={cell - 1}
                  rx={2}
                  style={{
                    fill: r === null ? "var(--studio-well)" : r < 0 ? "var(--chart-2)" : "var(--chart-1)",
                    opacity: r === null ? 1 : 0.02 + 0.55 * Math.abs(r),
                  }}
                />
                {cell >= 30 && r !== null ? (
                  <text
                    x={across.at(column)}
                    y={up.at(row) + 4}
                    textAnchor="middle"
                    style={{ ...INK, fill: "var(--studio-text)" }}
                  >
                    {r.toFixed(2).replace("-0.00", "0.00")}
                  </text>
                ) : null}
              </g>
            );
          })}
        </g>
      ))}
    </Frame>
  );
}
