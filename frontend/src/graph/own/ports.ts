/** Which ports a module may have that is made of others. */

import { endOf, endText, findNode, nodeName, outputType } from "../read";
import type { Catalog, GraphNode, Marked, PortSpec, PortType } from "../types";
import type { Definition, OwnInput, OwnOutput } from "./definition";

/** How a definition calls what the graph on the screen calls so. */
export const localIn =
  ({ idPrefix = "" }: Marked) =>
  (id: string): string =>
    id.startsWith(idPrefix) ? id.slice(idPrefix.length) : id;

/** A port that a module may have, and whether it has it unless somebody chooses otherwise. */
export interface OfferedPort<P extends PortSpec> {
  port: P;
  isSeen: boolean;
}

export interface OfferedPorts {
  inputs: OfferedPort<OwnInput>[];
  outputs: OfferedPort<OwnOutput>[];
}

interface Found<P extends PortSpec> {
  port: Omit<P, "name">;
  end: string;
  wish: string;
  isSeen: boolean;
}

/** Each port under a name of its own, those that are seen first; labels that are the same say of which node they are. */
function named<P extends PortSpec>(found: Found<P>[], file: Marked, catalog: Catalog): OfferedPort<P>[] {
  const taken = new Set<string>();
  const sorted = [...found.filter(({ isSeen }) => isSeen), ...found.filter(({ isSeen }) => !isSeen)];
  return sorted.map(({ port, end, wish, isSeen }) => {
    let name = wish;
    for (let number = 2; taken.has(name); number++) name = `${wish}_${number}`;
    taken.add(name);
    const rivals = isSeen ? sorted.filter((one) => one.isSeen) : sorted;
    const isAlone = rivals.filter((one) => one.port.label === port.label).length === 1;
    const node = findNode(file, endOf(end).node);
    const label = isAlone || !node ? port.label : `${port.label} (${nodeName(catalog, node)})`;
    return { port: { ...port, name, label } as unknown as P, isSeen };
  });
}

const inOrder = (file: Marked, ids: ReadonlySet<string>): GraphNode[] =>
  file.nodes
    .filter(({ id }) => ids.has(id))
    .sort((a, b) => a.position.y - b.position.y || a.position.x - b.position.x);

/**
 * The inputs that nothing inside feeds, one port for what comes from one place. Those are seen that a wire leads to from
 * outside, and those that must be fed.
 */
function inputsOf(
  file: Marked,
  catalog: Catalog,
  ids: ReadonlySet<string>,
  local: (id: string) => string,
): OfferedPort<OwnInput>[] {
  const found: Found<OwnInput>[] = [];
  const bySource = new Map<string, Found<OwnInput>>();
  const wires = new Map(file.wires.map((wire) => [wire.to, wire]));
  for (const node of inOrder(file, ids)) {
    for (const port of catalog.module(node.module)?.inputs ?? []) {
      const end = endText({ node: node.id, port: port.name });
      const wire = wires.get(end);
      if (wire && ids.has(endOf(wire.from).node)) continue;
      const known = wire && bySource.get(wire.from);
      if (known) {
        known.port.to.push(local(end));
        known.port.optional &&= port.optional;
        continue;
      }
      const { name, like: _like, ...rest } = port;
      const isSeen = wire !== undefined || !port.optional;
      const made = { port: { ...rest, to: [local(end)] }, end, wish: name, isSeen };
      found.push(made);
      if (wire) bySource.set(wire.from, made);
    }
  }
  return named(found, file, catalog);
}

/** Every output. Those are seen that wires lead out of, and all of the nodes at the end. */
function outputsOf(
  file: Marked,
  catalog: Catalog,
  ids: ReadonlySet<string>,
  local: (id: string) => string,
): OfferedPort<OwnOutput>[] {
  const leaving = new Set(
    file.wires
      .filter(({ from, to }) => ids.has(endOf(from).node) && !ids.has(endOf(to).node))
      .map(({ from }) => from),
  );
  const feeding = new Set(file.wires.map(({ from }) => endOf(from).node));
  const found = inOrder(file, ids).flatMap((node) =>
    (catalog.module(node.module)?.outputs ?? []).map((port): Found<OwnOutput> => {
      const end = endText({ node: node.id, port: port.name });
      const { name, like: _like, ...rest } = port;
      const type = (outputType(catalog, node, port) ?? port.type) as PortType;
      const isSeen = leaving.has(end) || !feeding.has(node.id);
      return { port: { ...rest, type, from: local(end) }, end, wish: name, isSeen };
    }),
  );
  return named(found, file, catalog);
}

/** The ports that one node of these may have. */
export function offeredPorts(file: Marked, catalog: Catalog, ids: ReadonlySet<string>): OfferedPorts {
  const local = localIn(file);
  return {
    inputs: inputsOf(file, catalog, ids, local),
    outputs: outputsOf(file, catalog, ids, local),
  };
}

/** The same for one that there is already: those that it has are seen, under their names. */
export function portsOfOwn(own: Definition, catalog: Catalog): OfferedPorts {
  const free = offeredPorts(own, catalog, new Set(own.nodes.map(({ id }) => id)));
  const fed = new Set(own.inputs.flatMap(({ to }) => to));
  const shown = new Set(own.outputs.map(({ from }) => from));
  return {
    inputs: withOthers(
      own.inputs,
      free.inputs.filter(({ port }) => !port.to.some((end) => fed.has(end))),
    ),
    outputs: withOthers(
      own.outputs,
      free.outputs.filter(({ port }) => !shown.has(port.from)),
    ),
  };
}

function withOthers<P extends PortSpec>(
  has: readonly P[],
  others: readonly OfferedPort<P>[],
): OfferedPort<P>[] {
  const taken = new Set(has.map(({ name }) => name));
  return [
    ...has.map((port) => ({ port, isSeen: true })),
    ...others.map(({ port }) => {
      let name = port.name;
      for (let number = 2; taken.has(name); number++) name = `${port.name}_${number}`;
      taken.add(name);
      return { port: { ...port, name }, isSeen: false };
    }),
  ];
}
