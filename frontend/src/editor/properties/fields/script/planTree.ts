/** The steps of a query's plan as a tree. Pure. */

import type { QueryStep } from "../../../../api/types";

export interface PlanNode {
  step: QueryStep;
  /** The steps whose rows go into this one. */
  fedBy: PlanNode[];
}

/** The steps come from the last one inwards, each with its depth. */
export function planTree(steps: readonly QueryStep[]): PlanNode[] {
  const roots: PlanNode[] = [];
  const above: PlanNode[] = [];
  for (const step of steps) {
    const node: PlanNode = { step, fedBy: [] };
    while (above.length > 0 && (above.at(-1)?.step.depth ?? 0) >= step.depth) above.pop();
    (above.at(-1)?.fedBy ?? roots).push(node);
    above.push(node);
  }
  return roots;
}
