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
  const span = (edges[edges.length - 1] ?? 0) - first;
  const most = Math.max(0, ...counts);
  const told = new Set(edges).size === edges.length;
  return counts.map((count, index) => {
    const from = edges[index] ?? first;
    const to = edges[index + 1] ?? from;
    return {
      from,
      to,
      count,
      left: told ? (from - first) / span : index / counts.length,
      width: told ? (to - from) / span : 1 / counts.length,
      height: count === 0 || most === 0 ? 0 : Math.max(smallest, count / most),
    };
  });
}
