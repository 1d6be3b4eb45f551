/** Metrics of several models side by side. Pure. */

import type { Measured } from "../../api/evaluation";

export type Better = "more" | "less" | null;

export interface MetricColumn {
  name: string;
  better: Better;
  /** One for each model; null where it has none. */
  values: (number | null)[];
}

/** The metrics of all models, in the order in which they first come. A model that is not measured yet has none. */
export function metricColumns(all: readonly (Measured | undefined)[]): MetricColumn[] {
  const names = new Map<string, Better>();
  for (const { metrics } of all.filter((one) => one !== undefined))
    for (const { name, better } of metrics) if (!names.has(name)) names.set(name, better);
  return [...names].map(([name, better]) => ({
    name,
    better,
    values: all.map((one) => one?.metrics.find((metric) => metric.name === name)?.value ?? null),
  }));
}

/** The places of the best values; none where all are the same, or nothing says what is better. */
export function bestOf({ better, values }: MetricColumn): Set<number> {
  const told = values.filter((value) => value !== null);
  if (better === null || told.length < 2 || new Set(told).size < 2) return new Set();
  const best = better === "more" ? Math.max(...told) : Math.min(...told);
  return new Set(values.flatMap((value, place) => (value === best ? [place] : [])));
}

/** The places of the models, the best by the metric first; those without it last. */
export function orderBy({ better, values }: MetricColumn): number[] {
  const sign = better === "less" ? 1 : -1;
  return values
    .map((value, place) => ({ value, place }))
    .sort((a, b) => {
      if (a.value === null || b.value === null)
        return Number(a.value === null) - Number(b.value === null) || a.place - b.place;
      return sign * (a.value - b.value) || a.place - b.place;
    })
    .map(({ place }) => place);
}
