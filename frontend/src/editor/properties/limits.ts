/** What a node wishes to use, in the units people think in. The file has bytes and seconds. */

import type { Bounds } from "../../api/types";

export interface LimitKind {
  name: "memory_bytes" | "wall_seconds";
  label: string;
  unit: string;
  /** Of the file's unit in one of these. */
  size: number;
}

export const LIMITS: readonly LimitKind[] = [
  { name: "memory_bytes", label: "Memory", unit: "GB", size: 2 ** 30 },
  { name: "wall_seconds", label: "Time", unit: "minutes", size: 60 },
];

/** A number as it is shown: at most two places after the point. */
const shown = (value: number, kind: LimitKind): string => `${Number((value / kind.size).toFixed(2))}`;

/** What a node gets that wishes for nothing, and the most it may have. */
export function describeBounds(kind: LimitKind, bounds: Bounds | null | undefined): string {
  const usual = bounds?.usual[kind.name];
  const most = bounds?.most[kind.name];
  if (usual === undefined || most === undefined) return "";
  return most > usual
    ? `${shown(usual, kind)} ${kind.unit} by default, ${shown(most, kind)} at most`
    : `${shown(usual, kind)} ${kind.unit} at most`;
}

/** Why a wish cannot be had, else null. */
export function wrongWish(value: number, kind: LimitKind, bounds: Bounds | null | undefined): string | null {
  const most = bounds?.most[kind.name];
  if (most === undefined || value <= most) return null;
  return `A node may have ${shown(most, kind)} ${kind.unit} here. Whoever runs this server can allow more.`;
}

/** What was typed, in the file's unit; null for nothing. */
export const wishOf = (typed: number | string, kind: LimitKind): number | null =>
  typeof typed === "number" && typed > 0 ? Math.max(1, Math.round(typed * kind.size)) : null;
