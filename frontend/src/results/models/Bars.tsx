import { Frame, INK, MARGIN, type Size } from "../charts/Frame";
import { scaleOf } from "../charts/scale";
import { short, slots } from "../charts/slots";
import { metricText } from "../evaluation/Metrics";
import { Stage } from "../evaluation/Stage";

const MOST = 40;
const ROW = 24;
const LEFT = 170;

export interface Bar {
  name: string;
  value: number;
  deviation?: number;
  /** What is said of it; its name and value where left out. */
  words?: string | undefined;
}

interface Props {
  title: string;
  xTitle: string;
  bars: readonly Bar[];
}

/** Named values as bars to the right and left of 0, each with its spread; the first forty. */
export function Bars({ title, xTitle, bars }: Props) {
  const shown = bars.slice(0, MOST);
  const spread = bars.some(({ deviation }) => deviation);
  return (
    <Stage
      title={bars.length > MOST ? `${title}: the first ${MOST} of ${bars.length}` : title}
      figures={() => [
        ["Name", "Value", ...(spread ? ["Standard Deviation"] : [])],
        ...bars.map(({ name, value, deviation }) => [name, value, ...(spread ? [deviation ?? 0] : [])]),
      ]}
      height={MARGIN.top + MARGIN.bottom + shown.length * ROW}
      draw={(size, onRead) => (
        <Drawn bars={shown} title={title} xTitle={xTitle} size={size} onRead={onRead} />
      )}
    />
  );
}

interface DrawnProps extends Props {
  size: Size;
  onRead: (words: string) => void;
}

function Drawn({ bars, title, xTitle, size, onRead }: DrawnProps) {
  const ends = bars.flatMap(({ value, deviation = 0 }) => [value - deviation, value + deviation]);
  const x = scaleOf({
    domain: [Math.min(0, ...ends), Math.max(0, ...ends) || 1],
    range: [LEFT, size.width - MARGIN.right],
    room: (size.width - LEFT) / 110,
  });
  const { at, width } = slots(bars.length, [MARGIN.top, size.height - MARGIN.bottom]);
  return (
    <Frame size={size} label={title} x={x} xTitle={xTitle} left={LEFT}>
      {bars.map(({ name, value, deviation = 0, words }, place) => (
        <g
          key={place}
          onPointerEnter={() =>
            onRead(
              words ?? `${name}: ${metricText(value)}${deviation > 0 ? ` ± ${metricText(deviation)}` : ""}`,
            )
          }
        >
          <title>{words ?? name}</title>
          <text x={LEFT - 8} y={at(place) + 4} textAnchor="end" style={INK}>
            {short(name, LEFT - 16)}
          </text>
          <rect
            x={Math.min(x.at(0), x.at(value))}
            y={at(place) - width * 0.34}
            width={Math.max(1, Math.abs(x.at(value) - x.at(0)))}
            height={width * 0.68}
            rx={2}
            style={{ fill: value < 0 ? "var(--chart-2)" : "var(--chart-1)" }}
          />
          {deviation > 0 ? (
            <line
              x1={x.at(value - deviation)}
              x2={x.at(value + deviation)}
              y1={at(place)}
              y2={at(place)}
              style={{ stroke: "var(--studio-text)", strokeWidth: 1.5 }}
            />
          ) : null}
        </g>
      ))}
    </Frame>
  );
}
