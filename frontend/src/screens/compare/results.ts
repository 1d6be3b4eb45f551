/** Where two runs of an experiment came to something else. Pure. */

import type { NodeRun, OutputEntry, Run } from "../../api/types";

export interface PortPair {
  port: string;
  before: OutputEntry | undefined;
  after: OutputEntry | undefined;
  /** Results are found by their content: the same artifact is the same result. */
  isSame: boolean;
}

/** The outputs of a node in two runs, by port. */
export function portPairs(before: NodeRun | undefined, after: NodeRun | undefined): PortPair[] {
  const [was, is] = [before?.outputs ?? {}, after?.outputs ?? {}];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].map((port) => ({
    port,
    before: was[port],
    after: is[port],
    isSame: was[port]?.artifact === is[port]?.artifact,
  }));
}

/** The nodes of both runs that ended in another state, or left something else. */
export function otherResults(before: Run | undefined, after: Run | undefined): Set<string> {
  const found = new Set<string>();
  if (!before || !after) return found;
  for (const [id, was] of Object.entries(before.nodes)) {
    const is = after.nodes[id];
    if (is && (was.state !== is.state || portPairs(was, is).some(({ isSame }) => !isSame))) found.add(id);
  }
  return found;
}
