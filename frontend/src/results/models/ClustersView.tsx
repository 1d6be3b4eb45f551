import { useQuery } from "@tanstack/react-query";
import { clustersQuery, type Clusters } from "../../api/models";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { count, plural } from "../../ui/words";
import { Frame, inner, type Size } from "../charts/Frame";
import { scaleOf } from "../charts/scale";
import { Stage } from "../evaluation/Stage";
import { axisTitle } from "./axisTitle";
import { Bars } from "./Bars";

/** The clusters of a model: how they lie on two principal components, and how many rows each has. */
export function ClustersView({ artifact }: { artifact: string }) {
  const { data, error, refetch } = useQuery(clustersQuery(artifact));
  if (error)
    return (
      <ProblemMessage title="The clusters cannot be drawn" error={error} onRetry={() => void refetch()} />
    );
  if (!data) return <Loading label="Drawing the clusters…" />;
  const titles = data.axes.map((axis, place) => axisTitle(axis, place));
  return (
    <>
      <Stage
        title={`${plural(data.points.length, "training row")} on two principal components`}
        figures={() => [[titles[0], titles[1], "Cluster"], ...data.points]}
        height={420}
        draw={(size, onRead) => <Plane data={data} titles={titles} size={size} onRead={onRead} />}
      />
      <Bars
        title={data.sampled ? "Rows in each cluster, of the sample" : "Rows in each cluster"}
        xTitle="Rows"
        bars={data.sizes.map((rows, place) => ({
          name: `Cluster ${place}`,
          value: rows,
          words: `Cluster ${place}: ${plural(rows, "row")}`,
        }))}
      />
    </>
  );
}

interface Props {
  data: Clusters;
  titles: readonly string[];
  size: Size;
  onRead: (words: string) => void;
}

/** Hues repeat after eight clusters; the number beside the center tells them apart. */
const color = (cluster: number) => `var(--chart-${(cluster % 8) + 1})`;

function Plane({ data: { points, centers, sizes }, titles, size, onRead }: Props) {
  const { across, up } = inner(size);
  const all = [...points, ...centers];
  const ends = (place: 0 | 1): [number, number] => {
    const values = all.map((point) => point[place]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const spare = (high - low) * 0.06 || 1;
    return [low - spare, high + spare];
  };
  const x = scaleOf({ domain: ends(0), range: across, room: size.width / 90 });
  const y = scaleOf({ domain: ends(1), range: up, room: size.height / 50 });
  return (
    <Frame
      size={size}
      label={`${centers.length} clusters on two principal components`}
      x={x}
      y={y}
      xTitle={titles[0]}
      yTitle={titles[1]}
    >
      {points.map(([a, b, cluster], place) => (
        <circle
          key={place}
          cx={x.at(a)}
          cy={y.at(b)}
          r={4}
          style={{ fill: color(cluster), opacity: 0.65 }}
          onPointerEnter={() => onRead(`A row of cluster ${cluster}`)}
        />
      ))}
      {centers.map(([a, b], cluster) => (
        <g
          key={cluster}
          transform={`translate(${x.at(a)} ${y.at(b)})`}
          onPointerEnter={() => onRead(`Center of cluster ${cluster}: ${count(sizes[cluster] ?? 0)} rows`)}
        >
          <circle
            r={11}
            style={{ fill: "var(--studio-surface)", stroke: color(cluster), strokeWidth: 2.5 }}
          />
          <text
            y={4}
            textAnchor="middle"
            style={{ fill: "var(--studio-text)", fontSize: 12, fontWeight: 600 }}
          >
            {cluster}
          </text>
        </g>
      ))}
    </Frame>
  );
}
