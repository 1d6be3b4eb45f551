/** Plots that are there as PNG and as SVG: one picture to look at, two to save. */

import type { Picture } from "../../api/types";

interface Shown {
  /** Without the SVG of a PNG; `index`: the place among all. */
  pictures: (Picture & { index: number })[];
  /** By the place of the PNG, that of its SVG. */
  svgOf: ReadonlyMap<number, number>;
}

export function withoutTwins(all: readonly Picture[]): Shown {
  const pngs = new Map<string, number>();
  for (const [index, { name }] of all.entries())
    if (name.endsWith(".png")) pngs.set(name.slice(0, -4), index);
  const svgOf = new Map<number, number>();
  for (const [index, { name }] of all.entries()) {
    const png = name.endsWith(".svg") ? pngs.get(name.slice(0, -4)) : undefined;
    if (png !== undefined) svgOf.set(png, index);
  }
  const twins = new Set(svgOf.values());
  return {
    pictures: all.flatMap((one, index) => (twins.has(index) ? [] : [{ ...one, index }])),
    svgOf,
  };
}
