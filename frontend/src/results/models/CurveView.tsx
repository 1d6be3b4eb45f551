import type { Curve } from "../../api/models";
import { Frame, inner, type Size } from "../charts/Frame";
import { scaleOf } from "../charts/scale";
import { metricText } from "../evaluation/Metrics";
import { Stage } from "../evaluation/Stage";

/** How the loss fell while the model was trained. */
export function CurveView({ curve }: { curve: Curve }) {
  return (
    <Stage
      title={curve.of}
      figures={() => [["Round", "Loss"], ...curve.rounds.map((round, at) => [round, curve.losses[at]])]}
      draw={(size, onRead) => <Drawn curve={curve} size={size} onRead={onRead} />}
    />
  );
}

interface Props {
  curve: Curve;
  size: Size;
  onRead: (words: string) => void;
}

function Drawn({ curve: { of, rounds, losses }, size, onRead }: Props) {
  const { across, up } = inner(size);
  const x = scaleOf({
    domain: [Math.min(...rounds), Math.max(...rounds)],
    range: across,
    room: size.width / 90,
    kind: "whole",
  });
  const y = scaleOf({
    domain: [0, Math.max(...losses) * 1.05 || 1],
    range: up,
    room: size.height / 50,
  });
  const points = rounds.flatMap((round, at) => {
    const loss = losses[at];
    return loss === undefined ? [] : [{ round, loss, x: x.at(round), y: y.at(loss) }];
  });
  return (
    <Frame size={size} label="Training curve" x={x} y={y} xTitle="Round" yTitle="Loss">
      <title>{of}</title>
      <path
        d={points
          .map((point, at) => `${at === 0 ? "M" : "L"}${point.x.toFixed(1)} ${point.y.toFixed(1)}`)
          .join("")}
        style={{ fill: "none", stroke: "var(--chart-1)", strokeWidth: 2, strokeLinejoin: "round" }}
      />
      {points.map((point) => (
        <circle
          key={point.round}
          cx={point.x}
          cy={point.y}
          r={6}
          style={{ fill: "transparent" }}
          onPointerEnter={() => onRead(`Round ${point.round}: ${metricText(point.loss)}`)}
        />
      ))}
    </Frame>
  );
}
