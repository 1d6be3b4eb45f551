/**
 * Three-way merge of an experiment: what two people changed since a version both know.
 *
 * Nodes, notes and frames go by id, wires by the input they end in, params one by one. What only one side
 * changed is taken; where both changed the same thing differently, `prefer` decides and the place is told.
 */

import { endOf, endText } from "./read";
import { sameValue } from "./same";
import type { ExperimentFile } from "./types";

export interface Collision {
  /** What was changed twice: a param or another member of `item`; or `item` itself, where one side took it away. */
  key: string | null;
  /** `nodes`, `wires`, `notes`, `frames`, or null for the experiment itself. */
  list: string | null;
  /** The id of the item; for a wire, the input it ends in. */
  item: string | null;
  mine: unknown;
  theirs: unknown;
}

export interface Merge {
  file: ExperimentFile;
  collisions: Collision[];
}

type Item = Record<string, unknown>;

/** Two who move the same node need not be asked about it: mine counts. */
const QUIET = new Set(["position", "size", "collapsed"]);
const KEY_OF: Readonly<Record<string, string>> = { nodes: "id", wires: "to", notes: "id", frames: "id" };

export function mergeFiles(
  base: ExperimentFile,
  mine: ExperimentFile,
  theirs: ExperimentFile,
  prefer: "mine" | "theirs" = "mine",
): Merge {
  const collisions: Collision[] = [];
  const own = withFreshIds(base, mine, theirs);
  const choose = <T>(collision: Omit<Collision, "mine" | "theirs">, ours: T, others: T): T => {
    collisions.push({ ...collision, mine: ours, theirs: others });
    return prefer === "mine" ? ours : others;
  };

  const members = (b: Item, m: Item, t: Item, list: string | null, item: string | null): Item => {
    const merged: Item = {};
    for (const key of new Set([...Object.keys(m), ...Object.keys(t)])) {
      const value = member(key, b[key], m[key], t[key], list, item);
      if (value !== undefined) merged[key] = value;
    }
    return merged;
  };

  const member = (
    key: string,
    b: unknown,
    m: unknown,
    t: unknown,
    list: string | null,
    item: string | null,
  ): unknown => {
    if (list === null && key in KEY_OF) return items(key, asList(b), asList(m), asList(t));
    if (sameValue(m, t) || sameValue(t, b) || (m === undefined && t === undefined)) return m;
    if (sameValue(m, b)) return t;
    if (key === "params" && list === "nodes") return members(asItem(b), asItem(m), asItem(t), list, item);
    return QUIET.has(key) ? m : choose({ key, list, item }, m, t);
  };

  const items = (list: string, b: Item[], m: Item[], t: Item[]): Item[] => {
    const key = KEY_OF[list] ?? "id";
    const [was, ours, others] = [b, m, t].map((all) => new Map(all.map((item) => [String(item[key]), item])));
    const merged: Item[] = [];
    for (const id of new Set([...(ours?.keys() ?? []), ...(others?.keys() ?? [])])) {
      const found = one(list, id, was?.get(id), ours?.get(id), others?.get(id));
      if (found) merged.push(found);
    }
    return merged;
  };

  const one = (list: string, id: string, b?: Item, m?: Item, t?: Item): Item | undefined => {
    if (m && t)
      return sameValue(m, t) ? m : list === "wires" ? wire(id, b, m, t) : members(b ?? {}, m, t, list, id);
    const left = m ?? t;
    if (!b) return left;
    // One side took it away: that counts, unless the other has changed more than its place.
    return left && !sameValue(loud(left), loud(b)) ? choose({ key: null, list, item: id }, m, t) : undefined;
  };

  const wire = (to: string, b: Item | undefined, m: Item, t: Item): Item => {
    if (b && sameValue(m, b)) return t;
    if (b && sameValue(t, b)) return m;
    return choose({ key: "from", list: "wires", item: to }, m, t);
  };

  const file = members(base as Item, own as Item, theirs as Item, null, null) as unknown as ExperimentFile;
  return { file: withoutLooseWires(file), collisions };
}

const asList = (value: unknown): Item[] => (Array.isArray(value) ? (value as Item[]) : []);
const asItem = (value: unknown): Item => (value && typeof value === "object" ? (value as Item) : {});

const loud = (item: Item): Item =>
  Object.fromEntries(Object.entries(item).filter(([key]) => !QUIET.has(key)));

/** Both sides count on from the same id: where both added something under one id, mine gets another. */
function withFreshIds(base: ExperimentFile, mine: ExperimentFile, theirs: ExperimentFile): ExperimentFile {
  let own = mine;
  for (const list of ["nodes", "notes", "frames"]) {
    const [known, others] = [byId(asList(base[list])), byId(asList(theirs[list]))];
    const taken = new Set([...byId(asList(own[list])).keys(), ...others.keys()]);
    const renamed = new Map<string, string>();
    for (const item of asList(own[list])) {
      const id = String(item.id);
      if (known.has(id) || !others.has(id) || sameValue(item, others.get(id))) continue;
      const fresh = freeId(id, taken);
      taken.add(fresh);
      renamed.set(id, fresh);
    }
    if (renamed.size > 0) own = renameItems(own, list, renamed);
  }
  return own;
}

const byId = (all: Item[]): Map<string, Item> => new Map(all.map((item) => [String(item.id), item]));

function freeId(id: string, taken: ReadonlySet<string>): string {
  const stem = id.replace(/\d+$/, "");
  let number = 1 + Number(/\d+$/.exec(id)?.[0] ?? 0);
  while (taken.has(`${stem}${number}`)) number += 1;
  return `${stem}${number}`;
}

function renameItems(
  file: ExperimentFile,
  list: string,
  renamed: ReadonlyMap<string, string>,
): ExperimentFile {
  const name = (id: string) => renamed.get(id) ?? id;
  const end = (text: string) => {
    const { node, port } = endOf(text);
    return endText({ node: name(node), port });
  };
  const after = {
    ...file,
    [list]: asList(file[list]).map((item) => ({ ...item, id: name(String(item.id)) })),
  };
  if (file.frames)
    after.frames = asList(after.frames).map((frame) =>
      frame.collapsed ? { ...frame, collapsed: (frame.collapsed as string[]).map(name) } : frame,
    ) as unknown as NonNullable<ExperimentFile["frames"]>;
  if (list === "nodes")
    after.wires = file.wires.map((wire) => ({ ...wire, from: end(wire.from), to: end(wire.to) }));
  return after;
}

/** A wire goes with its node. */
function withoutLooseWires(file: ExperimentFile): ExperimentFile {
  const here = new Set(file.nodes.map(({ id }) => id));
  const wires = file.wires.filter(({ from, to }) => here.has(endOf(from).node) && here.has(endOf(to).node));
  return wires.length === file.wires.length ? file : { ...file, wires };
}
