/** How a column changed, in words. Pure. */

import type { ComparedColumn } from "../../api/compare";

export type DriftWord = "none" | "little" | "some" | "much";

/** By the bounds in use since Siddiqi (2006): below 0.1 little, above 0.25 much. */
export function driftWord(psi: number): DriftWord {
  if (psi < 0.001) return "none";
  if (psi < 0.1) return "little";
  return psi <= 0.25 ? "some" : "much";
}

export function verdict({
  old,
  new: now,
  changed,
}: ComparedColumn): "added" | "removed" | "changed" | "same" {
  if (!old) return "added";
  if (!now) return "removed";
  return old !== now || changed > 0 ? "changed" : "same";
}
