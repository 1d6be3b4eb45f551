/** One node of several: which ports and params it may have, and the graph with it in place of them. */

import { framesOf, notesOf } from "../marks";
import { downstream, upstream } from "../reach";
import { endOf, endText, findNode, nodeName } from "../read";
import type { Catalog, ExperimentFile, GraphNode, Marked, PortSpec, Position } from "../types";
import { definitionsOf, OWN, type Definition } from "./definition";
import { freeKey } from "./level";
import { localIn, offeredPorts, type OfferedPort } from "./ports";

/** Why these nodes cannot be one; null where they can. */
export function whyNotOne(file: Marked, catalog: Catalog, ids: ReadonlySet<string>): string | null {
  const below = downstream(file, ids);
  const between = [...upstream(file, ids)].find((id) => below.has(id) && !ids.has(id));
  const node = between === undefined ? undefined : findNode(file, between);
  return node
    ? `${nodeName(catalog, node)} lies between them: it needs some of these nodes, and others need it. Select it, too.`
    : null;
}

const seen = <P extends PortSpec>(ports: readonly OfferedPort<P>[]): P[] =>
  ports.filter(({ isSeen }) => isSeen).map(({ port }) => port);

/** What the selected nodes would be as one module: everything but its name and its params. */
export function pieceOf(file: Marked, catalog: Catalog, ids: ReadonlySet<string>): Definition {
  const local = localIn(file);
  const ports = offeredPorts(file, catalog, ids);
  const nodes = file.nodes.filter(({ id }) => ids.has(id));
  const notes = notesOf(file).filter(({ id }) => ids.has(id));
  const frames = framesOf(file).filter(({ id }) => ids.has(id));
  return {
    name: "",
    nodes: nodes.map((node) => ({ ...node, id: local(node.id) })),
    wires: file.wires
      .filter(({ from, to }) => ids.has(endOf(from).node) && ids.has(endOf(to).node))
      .map((wire) => ({ ...wire, from: local(wire.from), to: local(wire.to) })),
    ...(notes.length && { notes }),
    ...(frames.length && {
      frames: frames.map((frame) =>
        frame.collapsed ? { ...frame, collapsed: frame.collapsed.map(local) } : frame,
      ),
    }),
    inputs: seen(ports.inputs),
    outputs: seen(ports.outputs),
    params: [],
  };
}

function placeOf(nodes: readonly GraphNode[]): Position {
  const middle = (all: number[]) => Math.round((Math.min(...all) + Math.max(...all)) / 40) * 20;
  return {
    x: middle(nodes.map(({ position }) => position.x)),
    y: middle(nodes.map(({ position }) => position.y)),
  };
}

/** The graph with one node of that definition in place of the nodes. */
export function makeOne(
  file: ExperimentFile,
  ids: ReadonlySet<string>,
  id: string,
  own: Definition,
): ExperimentFile {
  const local = localIn(file);
  const prefix = file.idPrefix ?? "";
  const key = freeKey(definitionsOf(file), own.name);
  const inside = (end: string) => ids.has(endOf(end).node);
  const node: GraphNode = {
    id,
    module: OWN + key,
    params: {},
    comment: "",
    position: placeOf(file.nodes.filter((one) => ids.has(one.id))),
  };
  const fed = new Set<string>();
  const wires = file.wires.flatMap((wire) => {
    if (inside(wire.from) && inside(wire.to)) return [];
    if (inside(wire.to)) {
      const port = own.inputs.find(({ to }) => to.includes(local(wire.to)));
      if (!port || fed.has(port.name)) return [];
      fed.add(port.name);
      return [{ ...wire, to: endText({ node: id, port: port.name }) }];
    }
    if (!inside(wire.from)) return [wire];
    const port = own.outputs.find(({ from }) => prefix + from === wire.from || from === wire.from);
    return port ? [{ ...wire, from: endText({ node: id, port: port.name }) }] : [];
  });
  const others = <M extends { id: string }>(marks: readonly M[]) => marks.filter((mark) => !ids.has(mark.id));
  return {
    ...file,
    nodes: [...file.nodes.filter((one) => !ids.has(one.id)), node],
    wires,
    ...(file.notes && { notes: others(file.notes) }),
    ...(file.frames && { frames: others(file.frames) }),
    modules: { ...definitionsOf(file), [key]: own },
  };
}
