/** Where the bars of a histogram stand. Pure. */

export interface Bar {
  from: number;
  to: number;
  count: number;
  /** Left edge, width and height as parts (0 to 1) of the picture. */
  left: number;
  width: number;
  height: number;
}

/** A bar a bin, evenly where floats tell no edges apart. A bin that holds something is never invisible. */
export function histogramBars(edges: readonly number[], counts: readonly number[], smallest = 0.02): Bar[] {
  const first = edges[0] ?? 0;
  const places = distances(edges);
  const span = places[places.length - 1] ?? 0;
  const most = Math.max(0, ...counts);
  const told = new Set(places).size === places.length;
  return counts.map((count, index) => {
    const left = places[index] ?? 0;
    return {
      from: edges[index] ?? first,
      to: edges[index + 1] ?? edges[index] ?? first,
      count,
      left: told ? left / span : index / counts.length,
      width: told ? ((places[index + 1] ?? left) - left) / span : 1 / counts.length,
      height: count === 0 || most === 0 ? 0 : Math.max(smallest, count / most),
    };
  });
}

/** How far each edge lies from the first. Whole numbers beyond 2^53 are their digits here (`api/exact.ts`). */
function distances(edges: readonly (number | string)[]): number[] {
  const first = edges[0] ?? 0;
  if (edges.some((edge) => typeof edge === "string")) {
    return edges.map((edge) => Number(BigInt(edge) - BigInt(first)));
  }
  return edges.map((edge) => Number(edge) - Number(first));
}
