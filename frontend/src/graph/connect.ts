/** Which wires may be drawn, why others may not, and drawing one. */

import { upstream } from "./reach";
import { endText, findNode, findPort, nodeName, outputType, wiresByInput } from "./read";
import type { Catalog, End, Graph, Wire } from "./types";

const KINDS: Record<string, string> = {
  table: "a table",
  bundle: "a bundle (zip)",
  device: "console text and pictures",
  model: "a model",
  transform: "a transform",
};
const kindText = (type: string): string => KINDS[type] ?? `a ${type}`;

/** Null where a wire from this output to this input fits, else a sentence that says why not. */
export type Judge = (to: End) => string | null;

/** Judges every input for one output; what is needed for all of them is worked out once. */
export function wiresFrom(graph: Graph, catalog: Catalog, from: End): Judge {
  const source = findNode(graph, from.node);
  const module = source && catalog.module(source.module);
  const output = findPort(module?.outputs, from.port);
  if (!source || !output) return () => `There is no output “${from.port}” to start from.`;
  const type = outputType(catalog, source, output);
  const above = upstream(graph, [from.node]);

  return (to) => {
    const target = findNode(graph, to.node);
    const input = target && findPort(catalog.module(target.module)?.inputs, to.port);
    if (!target || !input) return `There is no input “${to.port}” to connect to.`;
    if (to.node === from.node) return "A node cannot be wired to itself.";
    if (type !== null && type !== input.type) {
      return `${output.label} gives ${kindText(type)}, but ${input.label} of ${nodeName(catalog, target)} takes ${kindText(input.type)}.`;
    }
    if (above.has(to.node)) {
      return `This would make a loop: ${nodeName(catalog, target)} already feeds ${nodeName(catalog, source)}.`;
    }
    return null;
  };
}

/** Null where the wire fits, else a sentence that says why not. */
export const canConnect = (graph: Graph, catalog: Catalog, from: End, to: End): string | null =>
  wiresFrom(graph, catalog, from)(to);

/** The first wire that fits from one node to a free input of another; from an output that feeds nothing yet, if it can. */
export function firstWire(graph: Graph, catalog: Catalog, from: string, to: string): Wire | null {
  const ports = (id: string, side: "inputs" | "outputs") => {
    const node = findNode(graph, id);
    return ((node && catalog.module(node.module)?.[side]) ?? []).map(({ name }) => ({
      node: id,
      port: name,
    }));
  };
  const taken = wiresByInput(graph);
  const used = new Set(graph.wires.map((wire) => wire.from));
  const outputs = ports(from, "outputs");
  const inputs = ports(to, "inputs").filter((end) => !taken.has(endText(end)));
  const fits = outputs.flatMap((output) => {
    const judge = wiresFrom(graph, catalog, output);
    const input = inputs.find((end) => judge(end) === null);
    return input ? [{ from: endText(output), to: endText(input) }] : [];
  });
  const [first] = fits;
  const sameType = fits.filter((wire) => wire.to === first?.to);
  return sameType.find((wire) => !used.has(wire.from)) ?? first ?? null;
}

/** Draws a wire. An input takes one: the wire that was there makes room. */
export function connect<G extends Graph>(graph: G, from: End, to: End): G {
  const wire = { from: endText(from), to: endText(to) };
  return { ...graph, wires: [...graph.wires.filter((other) => other.to !== wire.to), wire] };
}
