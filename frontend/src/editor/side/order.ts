/** The order in which the outline lists what is on the canvas. Pure. */

import { framesOf, innermostFrames, notesOf } from "../../graph/marks";
import type { Marked, Position } from "../../graph/types";

export interface Entry {
  id: string;
  kind: "node" | "mark";
  /** In how many frames it lies. */
  depth: number;
}

/** As one reads: from the top down, then from the left; what lies in a frame comes after its title. */
export function outlineOf(file: Marked): Entry[] {
  const frames = framesOf(file);
  const places = new Map<string, Position>();
  const kinds = new Map<string, Entry["kind"]>();
  for (const one of file.nodes) {
    places.set(one.id, one.position);
    kinds.set(one.id, "node");
  }
  for (const one of [...notesOf(file), ...frames]) {
    places.set(one.id, one.position);
    kinds.set(one.id, "mark");
  }
  const parent = innermostFrames(file);
  const children = new Map<string | undefined, string[]>();
  for (const id of places.keys()) {
    const list = children.get(parent.get(id));
    if (list) list.push(id);
    else children.set(parent.get(id), [id]);
  }
  const byPlace = (a: string, b: string) => {
    const [one, other] = [places.get(a), places.get(b)];
    return one && other ? one.y - other.y || one.x - other.x : 0;
  };
  const entries: Entry[] = [];
  const add = (within: string | undefined, depth: number) => {
    for (const id of (children.get(within) ?? []).sort(byPlace)) {
      entries.push({ id, kind: kinds.get(id) ?? "node", depth });
      if (depth <= frames.length) add(id, depth + 1);
    }
  };
  add(undefined, 0);
  return entries;
}
