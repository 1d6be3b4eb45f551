/** Putting a node into a wire, and taking nodes out of their wires. */

import { connect, wiresFrom } from "./connect";
import { removeNodes, removeWires } from "./edits";
import { endOf, findNode, findPort, outputType, wireId, wiresByInput } from "./read";
import type { Catalog, End, Graph, Wire } from "./types";

/**
 * The graph with a node put into a wire: its first free input and its first output that fit. Null where none
 * does, where the wire hangs on the node already, or where it would make a circle.
 */
export function splice<G extends Graph>(graph: G, catalog: Catalog, wire: Wire, node: string): G | null {
  const from = endOf(wire.from);
  const to = endOf(wire.to);
  const spliced = findNode(graph, node);
  const module = spliced && catalog.module(spliced.module);
  if (!module || from.node === node || to.node === node) return null;
  const open = removeWires(graph, (other) => wireId(other) === wireId(wire));
  const taken = wiresByInput(graph);
  const judge = wiresFrom(open, catalog, from);
  const input = module.inputs.find(
    ({ name }) => !taken.has(`${node}.${name}`) && judge({ node, port: name }) === null,
  );
  if (!input) return null;
  const entered = connect(open, from, { node, port: input.name });
  const output = module.outputs.find(
    ({ name }) => wiresFrom(entered, catalog, { node, port: name })(to) === null,
  );
  return output ? connect(entered, { node, port: output.name }, to) : null;
}

/** The wires that lead around these nodes: from what feeds them to what they feed, where the types are the same. */
export function wiresAround(graph: Graph, catalog: Catalog, ids: ReadonlySet<string>): Wire[] {
  const into = wiresByInput(graph);

  const source = (node: string, type: string, seen: ReadonlySet<string>): End | null => {
    const inner = findNode(graph, node);
    for (const { name } of (inner && catalog.module(inner.module)?.inputs) ?? []) {
      const wire = into.get(`${node}.${name}`);
      if (!wire) continue;
      const end = endOf(wire.from);
      if (!ids.has(end.node)) {
        if (typeOf(graph, catalog, end) === type) return end;
      } else if (!seen.has(end.node)) {
        const further = source(end.node, type, new Set([...seen, end.node]));
        if (further) return further;
      }
    }
    return null;
  };

  return graph.wires.flatMap((wire) => {
    const from = endOf(wire.from);
    const to = endOf(wire.to);
    if (!ids.has(from.node) || ids.has(to.node)) return [];
    const target = findNode(graph, to.node);
    const type = target && findPort(catalog.module(target.module)?.inputs, to.port)?.type;
    const end = type ? source(from.node, type, new Set([from.node])) : null;
    return end ? [{ from: `${end.node}.${end.port}`, to: wire.to }] : [];
  });
}

function typeOf(graph: Graph, catalog: Catalog, { node, port }: End): string | null {
  const found = findNode(graph, node);
  const output = found && findPort(catalog.module(found.module)?.outputs, port);
  return found && output ? outputType(catalog, found, output) : null;
}

/** Takes nodes away; what fed them feeds what they fed, where the types allow. */
export function removeKeeping<G extends Graph>(graph: G, catalog: Catalog, ids: ReadonlySet<string>): G {
  const around = wiresAround(graph, catalog, ids);
  const left = removeNodes(graph, ids);
  return around.length ? { ...left, wires: [...left.wires, ...around] } : left;
}

/**
 * Leads the wires around nodes, which stay where they are with what feeds them: they could not run without.
 * The same graph where there is no way around.
 */
export function bypass<G extends Graph>(graph: G, catalog: Catalog, ids: ReadonlySet<string>): G {
  const around = new Map(wiresAround(graph, catalog, ids).map((wire) => [wire.to, wire]));
  if (around.size === 0) return graph;
  return { ...graph, wires: graph.wires.map((wire) => around.get(wire.to) ?? wire) };
}
