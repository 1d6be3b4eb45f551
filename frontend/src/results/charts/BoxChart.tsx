import type { Box } from "../../api/charts";
import { fullText } from "../table/cells";
import { plural } from "../../ui/words";
import type { DrawProps } from "./draw";
import { Frame, INK, inner, MARGIN, scaleKind } from "./Frame";
import { scaleOf, valueText } from "./scale";
import { short, slots } from "./slots";

const STROKE = { stroke: "var(--chart-1)", strokeWidth: 1.5 } as const;

/** A box a category, side by side. */
export function BoxChart({
  chart,
  data,
  size,
  label,
  onRead,
}: DrawProps<{ boxes: Box[]; distinct: number }>) {
  const [measured, category] = [chart.y, chart.x].filter((one) => one !== null);
  const alone = category === undefined || (data.boxes.length === 1 && data.boxes[0]?.label === null);
  const values = alone ? (chart.x ?? chart.y) : isCategory(chart.x?.type) ? measured : chart.x;
  const by = alone ? undefined : values === chart.x ? chart.y : chart.x;
  const boxes = data.boxes.filter((box) => box.count > 0);
  const { across, up } = inner(size);
  const low = Math.min(...boxes.map((box) => box.min));
  const high = Math.max(...boxes.map((box) => box.max));
  const spare = (high - low) * 0.03 || 1;
  const y = scaleOf({
    domain: [low - spare, high + spare],
    range: up,
    room: size.height / 60,
    kind: scaleKind(values?.type),
  });
  const { at, width } = slots(boxes.length, across);
  const thick = Math.min(56, width * 0.6);
  return (
    <Frame size={size} label={label} y={y} xTitle={by?.name} yTitle={values?.name}>
      {boxes.map((box, index) => {
        const middle = at(index);
        const said = (value: number) => valueText(value, values?.type);
        const words =
          `${box.label === null ? "" : `${fullText(box.label)}: `}median ${said(box.median)}, box ${said(box.q1)} – ${said(box.q3)}, ` +
          `whiskers ${said(box.low)} – ${said(box.high)}, mean ${said(box.mean)}, ${plural(box.count, "row")}, ${box.beyond} beyond`;
        return (
          <g key={index} onPointerEnter={() => onRead(words)}>
            <title>{words}</title>
            <line x1={middle} x2={middle} y1={y.at(box.low)} y2={y.at(box.q1)} style={STROKE} />
            <line x1={middle} x2={middle} y1={y.at(box.q3)} y2={y.at(box.high)} style={STROKE} />
            {[box.low, box.high].map((end, side) => (
              <line
                key={side}
                x1={middle - thick / 4}
                x2={middle + thick / 4}
                y1={y.at(end)}
                y2={y.at(end)}
                style={STROKE}
              />
            ))}
            <rect
              x={middle - thick / 2}
              y={y.at(box.q3)}
              width={thick}
              height={Math.max(1, y.at(box.q1) - y.at(box.q3))}
              rx={2}
              style={{ ...STROKE, fill: "var(--studio-selected)" }}
            />
            <line
              x1={middle - thick / 2}
              x2={middle + thick / 2}
              y1={y.at(box.median)}
              y2={y.at(box.median)}
              style={{ ...STROKE, strokeWidth: 2.5 }}
            />
            {box.outliers.map((value, place) => (
              <circle
                key={place}
                cx={middle}
                cy={y.at(value)}
                r={2}
                style={{ fill: "var(--studio-text-muted)", opacity: 0.6 }}
              />
            ))}
            {box.label === null ? null : (
              <text x={middle} y={size.height - MARGIN.bottom + 17} textAnchor="middle" style={INK}>
                {short(fullText(box.label), width)}
              </text>
            )}
          </g>
        );
      })}
    </Frame>
  );
}

const isCategory = (type: string | undefined): boolean =>
  !["integer", "float", "datetime", "timedelta"].includes(type ?? "");
