import { count } from "../../ui/words";
import { Frame, inner, type Size } from "../charts/Frame";
import { scaleOf } from "../charts/scale";
import { short as fitting } from "../charts/slots";
import { numberText } from "../table/cells";
import type { Point } from "./threshold";

export interface Curve {
  name: string;
  points: Point[];
  /** Where the present threshold lies on it. */
  at?: Point | undefined;
}

interface Props {
  curves: Curve[];
  size: Size;
  label: string;
  xTitle: string;
  yTitle: string;
  /** What a model without any knowledge draws. */
  guess?: Point[] | undefined;
  dots?: boolean;
  onRead: (words: string) => void;
}

const LEGEND = 225;

const color = (index: number) => `var(--chart-${(index % 8) + 1})`;

/** Curves of one or two models over each other. */
export function CurveChart({ curves, size, label, xTitle, yTitle, guess, dots = false, onRead }: Props) {
  const { across, up } = inner(size);
  const highest = Math.max(1, ...curves.flatMap(({ points }) => points.map(([, y]) => y)));
  const x = scaleOf({ domain: [0, 1], range: across, room: size.width / 90 });
  const y = scaleOf({ domain: [0, highest * 1.02], range: up, room: size.height / 50 });
  const path = (points: readonly Point[]) =>
    points
      .map(([a, b], index) => `${index === 0 ? "M" : "L"}${x.at(a).toFixed(1)} ${y.at(b).toFixed(1)}`)
      .join("");
  const read = (curve: Curve, [a, b]: Point) =>
    onRead(`${curves.length > 1 ? `${curve.name}: ` : ""}${xTitle} ${short(a)}, ${yTitle} ${short(b)}`);
  return (
    <Frame size={size} label={label} x={x} y={y} xTitle={xTitle} yTitle={yTitle}>
      {guess ? (
        <path
          d={path(guess)}
          style={{
            fill: "none",
            stroke: "var(--studio-line-strong)",
            strokeWidth: 1.5,
            strokeDasharray: "4 4",
          }}
        />
      ) : null}
      {curves.map((curve, index) => (
        <g key={curve.name}>
          <path
            d={path(curve.points)}
            style={{ fill: "none", stroke: color(index), strokeWidth: 2, strokeLinejoin: "round" }}
          />
          {curve.points.map((point, place) => (
            <circle
              key={place}
              cx={x.at(point[0])}
              cy={y.at(point[1])}
              r={dots ? 4 : 6}
              style={{ fill: dots ? color(index) : "transparent" }}
              onPointerEnter={() => read(curve, point)}
            />
          ))}
          {curve.at ? (
            <circle
              cx={x.at(curve.at[0])}
              cy={y.at(curve.at[1])}
              r={5}
              style={{
                fill: "var(--studio-surface)",
                stroke: color(index),
                strokeWidth: 2.5,
                pointerEvents: "none",
              }}
            />
          ) : null}
        </g>
      ))}
      {curves.length > 1
        ? curves.map((curve, index) => (
            <g
              key={curve.name}
              transform={`translate(${across[1] - LEGEND} ${up[0] - 18 - 18 * (curves.length - 1 - index)})`}
            >
              <line x1={0} x2={18} y1={-4} y2={-4} style={{ stroke: color(index), strokeWidth: 2 }} />
              <text x={24} y={0} style={{ fill: "var(--studio-text)", fontSize: 12 }}>
                {fitting(curve.name, LEGEND - 24)}
              </text>
            </g>
          ))
        : null}
    </Frame>
  );
}

const short = (value: number): string => numberText(Number(value.toPrecision(4)));

/** The bins of scores: how many of each class lie in each. */
export function ScoreBins({
  bins,
  names,
  size,
  label,
  onRead,
  onPick,
}: {
  bins: readonly { from: number; to: number; positives: number; negatives: number }[];
  names: [string, string];
  size: Size;
  label: string;
  onRead: (words: string) => void;
  onPick: (bin: { from: number; to: number }) => void;
}) {
  const { across, up } = inner(size);
  const most = Math.max(1, ...bins.flatMap(({ positives, negatives }) => [positives, negatives]));
  const x = scaleOf({
    domain: [bins[0]?.from ?? 0, bins[bins.length - 1]?.to ?? 1],
    range: across,
    room: size.width / 90,
  });
  const y = scaleOf({ domain: [0, most], range: up, room: size.height / 50, kind: "whole" });
  return (
    <Frame size={size} label={label} x={x} y={y} xTitle="Score" yTitle="Rows">
      {bins.map((bin, index) => {
        const wide = x.at(bin.to) - x.at(bin.from);
        const words = `${short(bin.from)} – ${short(bin.to)}: ${count(bin.positives)} ${names[0]}, ${count(bin.negatives)} ${names[1]}`;
        return (
          <g
            key={index}
            role="button"
            aria-label={`Show the rows with a score of ${words}`}
            tabIndex={0}
            style={{ cursor: "pointer" }}
            onPointerEnter={() => onRead(words)}
            onFocus={() => onRead(words)}
            onClick={() => onPick(bin)}
            onKeyDown={(event) => event.key === "Enter" && onPick(bin)}
          >
            <rect
              x={x.at(bin.from)}
              y={up[1]}
              width={wide}
              height={up[0] - up[1]}
              style={{ fill: "transparent" }}
            />
            {([bin.positives, bin.negatives] as const).map((rows, side) => (
              <rect
                key={side}
                x={x.at(bin.from) + wide * (0.08 + 0.43 * side)}
                y={y.at(rows)}
                width={wide * 0.41}
                height={up[0] - y.at(rows)}
                rx={1}
                style={{ fill: color(side) }}
              />
            ))}
          </g>
        );
      })}
      {names.map((name, side) => (
        <g key={name} transform={`translate(${across[1] - 170} ${up[1] + 8 + 18 * side})`}>
          <rect width={12} height={12} y={-10} rx={2} style={{ fill: color(side) }} />
          <text x={18} y={0} style={{ fill: "var(--studio-text)", fontSize: 12 }}>
            {name}
          </text>
        </g>
      ))}
    </Frame>
  );
}
