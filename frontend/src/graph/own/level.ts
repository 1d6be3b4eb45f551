/**
 * A level of an experiment: what is inside of a node of an own module, as a graph to look at and to edit. Its nodes
 * go by the ids that runs and problems give them: node `n2` inside of `n5` is `n5.n2`.
 */

import { framesOf, notesOf } from "../marks";
import { endOf } from "../read";
import type { ExperimentFile, Graph, GraphNode, Marked, Wire } from "../types";
import { definitionOf, definitionsOf, keyOf, OWN, type Definition } from "./definition";

/** The nodes that one is inside of, from the outermost inwards, each by its whole id. */
export type Path = readonly string[];

export const TOP: Path = [];

interface Link {
  /** The node, by its id in the graph that holds it. */
  local: string;
  key: string;
  own: Definition;
}

/** Null where one of the nodes is gone, or is of no own module any more. */
function chainOf(file: Marked, path: Path): Link[] | null {
  const chain: Link[] = [];
  let holder: Graph = file;
  let prefix = "";
  for (const id of path) {
    const local = id.slice(prefix.length);
    const node = id.startsWith(prefix) ? holder.nodes.find((one) => one.id === local) : undefined;
    const own = node && definitionOf(file, node);
    if (!own) return null;
    chain.push({ local, key: keyOf(node.module) ?? "", own });
    holder = own;
    prefix = `${id}.`;
  }
  return chain;
}

const prefixed = (prefix: string, own: Definition): Marked => {
  const inside = new Set(own.nodes.map(({ id }) => id));
  return {
    nodes: own.nodes.map((node) => ({ ...node, id: prefix + node.id })),
    wires: own.wires.map((wire) => ({ ...wire, from: prefix + wire.from, to: prefix + wire.to })),
    ...(own.notes && { notes: own.notes }),
    ...(own.frames && {
      frames: own.frames.map((frame) =>
        frame.collapsed
          ? { ...frame, collapsed: frame.collapsed.map((id) => (inside.has(id) ? prefix + id : id)) }
          : frame,
      ),
    }),
  };
};

/** What is inside, with the rest of the file around it; the file itself at the top. Null where the path leads nowhere. */
export function levelOf<F extends Marked>(file: F, path: Path): F | null {
  if (path.length === 0) return file;
  const own = chainOf(file, path)?.at(-1)?.own;
  if (!own) return null;
  const { notes: _notes, frames: _frames, ...rest } = file;
  const prefix = `${path.at(-1)}.`;
  return { ...rest, ...prefixed(prefix, own), idPrefix: prefix } as unknown as F;
}

/** As far along the path as it leads somewhere. */
export function reachable(file: Marked, path: Path): Path {
  for (let length = path.length; length > 0; length--)
    if (chainOf(file, path.slice(0, length))) return path.slice(0, length);
  return TOP;
}

const bare = (prefix: string) => (id: string) => (id.startsWith(prefix) ? id.slice(prefix.length) : id);

/** The graph of a level as its definition keeps it. */
function stripped(level: Marked, prefix: string): Marked {
  const strip = bare(prefix);
  const wire = (one: Wire): Wire => ({ ...one, from: strip(one.from), to: strip(one.to) });
  return {
    nodes: level.nodes.map((node) => ({ ...node, id: strip(node.id) })),
    wires: level.wires.map(wire),
    ...(level.notes && { notes: [...notesOf(level)] }),
    ...(level.frames && {
      frames: framesOf(level).map((frame) =>
        frame.collapsed ? { ...frame, collapsed: frame.collapsed.map(strip) } : frame,
      ),
    }),
  };
}

/** Ports and params of what is gone inside are gone outside. */
function fitting(own: Definition): Definition {
  const ids = new Set(own.nodes.map(({ id }) => id));
  const there = (end: string) => ids.has(endOf(end).node);
  return {
    ...own,
    inputs: own.inputs.flatMap((port) => {
      const to = port.to.filter(there);
      return to.length > 0 ? [{ ...port, to }] : [];
    }),
    outputs: own.outputs.filter(({ from }) => there(from)),
    params: own.params.filter(({ node }) => ids.has(node)),
  };
}

/** A key that no definition of the file has. */
export function freeKey(taken: object, wish: string): string {
  const plain =
    wish
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "") || "module";
  let key = plain;
  for (let number = 2; Object.hasOwn(taken, key); number++) key = `${plain}-${number}`;
  return key;
}

/** No longer the version of the palette, but one of this file alone. */
function forked({ version, ...own }: Definition): Definition {
  return { ...own, ...(version !== undefined && { based_on: version }) };
}

/**
 * The whole file with an edited level in it. A version of the palette is never changed in place: the node that one is
 * inside of gets a copy of its own.
 */
export function embed(file: ExperimentFile, path: Path, level: ExperimentFile): ExperimentFile {
  if (path.length === 0) return level;
  const chain = chainOf(file, path);
  const last = chain?.at(-1);
  if (!chain || !last) return file;
  const { notes: _notes, frames: _frames, idPrefix: _prefix, nodes: _nodes, wires: _wires, ...rest } = level;
  const modules = { ...definitionsOf(level) };
  const { notes: _was, frames: _were, ...own } = last.own;
  let made: Definition = fitting({ ...own, ...stripped(level, `${path.at(-1)}.`) });
  let nodes: GraphNode[] = file.nodes;
  for (let at = chain.length - 1; at >= 0; at--) {
    const link = chain[at] as Link;
    const key = link.own.version === undefined ? link.key : freeKey(modules, link.own.slug ?? link.own.name);
    modules[key] = key === link.key ? made : forked(made);
    if (key === link.key) break;
    const use = (node: GraphNode) => (node.id === link.local ? { ...node, module: OWN + key } : node);
    const holder = chain[at - 1];
    if (holder) made = { ...holder.own, nodes: holder.own.nodes.map(use) };
    else nodes = nodes.map(use);
  }
  return {
    ...rest,
    ...(file.notes && { notes: file.notes }),
    ...(file.frames && { frames: file.frames }),
    nodes,
    wires: file.wires,
    modules,
  } as ExperimentFile;
}

/** Where a node lies: the nodes that it is inside of. Null where the file has no such node. */
export function pathTo(file: Marked, id: string): Path | null {
  const path: string[] = [];
  let holder: Graph = file;
  let prefix = "";
  for (;;) {
    const local = id.slice(prefix.length);
    if (holder.nodes.some((node) => node.id === local)) return path;
    const outer = holder.nodes.find((node) => local.startsWith(`${node.id}.`) && definitionOf(file, node));
    const own = outer && definitionOf(file, outer);
    if (!own || path.length > 16) return null;
    prefix = `${prefix}${outer.id}.`;
    path.push(prefix.slice(0, -1));
    holder = own;
  }
}
