import type { ScatterData } from "../../api/charts";
import { count } from "../../ui/words";
import type { DrawProps } from "./draw";
import { Frame, inner, scaleKind } from "./Frame";
import { scaleOf, valueText } from "./scale";

/** Points, or how dense they lie: the stronger the color the more rows (in powers). */
export function ScatterChart({ chart, data, size, label, onRead }: DrawProps<ScatterData>) {
  const { points, density } = data;
  const { across, up } = inner(size);
  const range = (place: 0 | 1, edges: number[] | undefined): [number, number] => {
    if (edges) return [edges[0] ?? 0, edges[edges.length - 1] ?? 1];
    const values = (points ?? []).map((point) => point[place]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const spare = (high - low) * 0.03 || 0.5;
    return [low - spare, high + spare];
  };
  const x = scaleOf({
    domain: range(0, density?.x_edges),
    range: across,
    room: size.width / 110,
    kind: scaleKind(chart.x?.type),
  });
  const y = scaleOf({
    domain: range(1, density?.y_edges),
    range: up,
    room: size.height / 60,
    kind: scaleKind(chart.y?.type),
  });
  const most = Math.log1p(Math.max(1, ...(density?.cells ?? []).map((cell) => cell[2])));
  const said = (value: number | undefined, side: "x" | "y") => valueText(value ?? 0, chart[side]?.type);
  return (
    <Frame size={size} label={label} x={x} y={y} xTitle={chart.x?.name} yTitle={chart.y?.name}>
      {points?.map(([a, b], index) => (
        <circle
          key={index}
          cx={x.at(a)}
          cy={y.at(b)}
          r={points.length > 800 ? 2 : 3}
          style={{ fill: "var(--chart-1)", opacity: 0.5 }}
          onPointerEnter={() => onRead(`${said(a, "x")}, ${said(b, "y")}`)}
        />
      ))}
      {density?.cells.map(([column, row, rows]) => {
        const [left, right] = [density.x_edges[column] ?? 0, density.x_edges[column + 1] ?? 0];
        const [low, high] = [density.y_edges[row] ?? 0, density.y_edges[row + 1] ?? 0];
        return (
          <rect
            key={`${column}-${row}`}
            x={x.at(left)}
            y={y.at(high)}
            width={Math.max(0.5, x.at(right) - x.at(left) - 0.5)}
            height={Math.max(0.5, y.at(low) - y.at(high) - 0.5)}
            style={{ fill: "var(--chart-1)", opacity: 0.12 + 0.88 * (Math.log1p(rows) / most) }}
            onPointerEnter={() =>
              onRead(
                `${said(left, "x")} – ${said(right, "x")}, ${said(low, "y")} – ${said(high, "y")}: ${count(rows)} rows`,
              )
            }
          />
        );
      })}
    </Frame>
  );
}
