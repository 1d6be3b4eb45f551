/** The wire being drawn: which ports it fits, and why others it does not. */

import { create } from "zustand";
import { wiresFrom } from "../../graph/connect";
import { downstream, upstream } from "../../graph/reach";
import type { Catalog, End, Graph } from "../../graph/types";

export type Side = "input" | "output";

interface Wiring {
  start: (End & { side: Side }) | null;
  /** Null where the port fits, else why not. Undefined for the ports of the start's own side. */
  verdict(end: End, side: Side): string | null | undefined;
}

const RESTING: Wiring = { start: null, verdict: () => undefined };

export const useWiring = create<Wiring>(() => RESTING);

/** Judges any port as the other end of a wire that starts at this one. */
export function judge(graph: Graph, catalog: Catalog, start: End, side: Side): (end: End) => string | null {
  if (side === "output") return wiresFrom(graph, catalog, start);
  // Seen from an input every output has a judge of its own; circles are ruled out once.
  const below = downstream(graph, [start.node]);
  const unlinked: Graph = { nodes: graph.nodes, wires: [] };
  return (end) =>
    below.has(end.node) && end.node !== start.node
      ? wiresFrom(graph, catalog, end)(start)
      : wiresFrom(unlinked, catalog, end)(start);
}

export function startWiring(graph: Graph, catalog: Catalog, start: End, side: Side): void {
  const judged = judge(graph, catalog, start, side);
  const remembered = new Map<string, string | null>();
  useWiring.setState({
    start: { ...start, side },
    verdict: (end, other) => {
      if (other === side) return undefined;
      const key = `${end.node}.${end.port}`;
      let verdict = remembered.get(key);
      if (verdict === undefined) remembered.set(key, (verdict = judged(end)));
      return verdict;
    },
  });
}

/** Why the wire being drawn may not end here, for a person to read; an empty text where it may. */
export function whyNot({ start, verdict }: Pick<Wiring, "start" | "verdict">, end: End, side: Side): string {
  if (!start) return "";
  if (side === start.side) {
    return side === "input"
      ? "A wire goes from an output to an input. This is another input."
      : "A wire goes from an output to an input. This is another output.";
  }
  return verdict(end, side) ?? "";
}

export const stopWiring = (): void => useWiring.setState(RESTING);

/** Ports of the graph that a wire from this one could end at; free inputs first, then near ones. */
export function fittingEnds(graph: Graph, catalog: Catalog, start: End, side: Side): End[] {
  const judged = judge(graph, catalog, start, side);
  const taken = new Set(graph.wires.map((wire) => wire.to));
  const near = side === "output" ? downstream(graph, [start.node]) : upstream(graph, [start.node]);
  const ends = graph.nodes.flatMap((node) => {
    const module = catalog.module(node.module);
    const ports = side === "output" ? module?.inputs : module?.outputs;
    return (ports ?? [])
      .map((port) => ({ node: node.id, port: port.name }))
      .filter((end) => judged(end) === null);
  });
  const rank = (end: End) => (taken.has(`${end.node}.${end.port}`) ? 2 : 0) + (near.has(end.node) ? 1 : 0);
  return ends.sort((a, b) => rank(a) - rank(b));
}
