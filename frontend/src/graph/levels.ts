/** What lies in which frame, level by level. Pure. */

import { framesOf, hiddenBy, innermostFrames, isFrame, findMark } from "./marks";
import { endOf, findNode } from "./read";
import type { Frame, Marked } from "./types";

export interface Levels {
  /** The open frames that are drawn. */
  open: ReadonlyMap<string, Frame>;
  /** From the outermost frame inwards to the thing itself, or to the folded frame that hides it. */
  chain(id: string): string[];
  /** The nodes and frames that lie in an open frame, not deeper. */
  inFrame(frame: string): string[];
  /** Between nodes and frames of the same level. */
  wires: { from: string; to: string }[];
  /** What holds all of these: the innermost such frame, and what in it they are or lie in. */
  common(ids: Iterable<string>): { frame: Frame | undefined; items: string[] };
}

export function levelsOf(file: Marked): Levels {
  const hidden = hiddenBy(file);
  const parents = innermostFrames(file);
  const frames = framesOf(file);
  const open = new Map(
    frames.filter(({ id, collapsed }) => !collapsed && !hidden.has(id)).map((frame) => [frame.id, frame]),
  );
  const chain = (id: string): string[] => {
    const all = [hidden.get(id) ?? id];
    for (
      let within = parents.get(all[0] ?? "");
      within && all.length <= frames.length;
      within = parents.get(within)
    )
      all.unshift(within);
    return all;
  };
  const children = new Map<string, string[]>();
  for (const { id } of [...file.nodes, ...frames]) {
    const within = hidden.has(id) ? undefined : parents.get(id);
    if (within) children.set(within, [...(children.get(within) ?? []), id]);
  }
  const wires = file.wires.flatMap((wire) => {
    const [from, to] = [chain(endOf(wire.from).node), chain(endOf(wire.to).node)];
    const depth = shared([from, to]);
    const [start, end] = [from[depth], to[depth]];
    return start && end && start !== end ? [{ from: start, to: end }] : [];
  });
  const isBox = (id: string) => {
    const mark = findMark(file, id);
    return mark ? isFrame(mark) : findNode(file, id) !== undefined;
  };
  const common = (ids: Iterable<string>) => {
    const chains = [...ids].filter(isBox).map(chain);
    const depth = shared(chains);
    const items = [...new Set(chains.map((one) => one[depth] ?? ""))].filter(Boolean);
    return { frame: open.get(chains[0]?.[depth - 1] ?? ""), items };
  };
  return { open, chain, inFrame: (frame) => children.get(frame) ?? [], wires, common };
}

/** How many frames all chains begin with; the last of each chain is the thing itself. */
function shared(chains: readonly string[][]): number {
  const [first = []] = chains;
  const most = Math.min(...chains.map((chain) => chain.length - 1));
  let depth = 0;
  while (depth < most && chains.every((chain) => chain[depth] === first[depth])) depth += 1;
  return depth;
}
