/** Where a node's first picture is shown beside it, so that it covers nothing. Pure. */

import type { Box } from "./arrange";

export type PeekSide = "right" | "left" | "below";

export interface Peek {
  side: PeekSide;
  width: number;
  height: number;
}

export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Pixels between a node and its picture; below it there are its ports. */
const PEEK_GAP = 8;
const PEEK_GAP_BELOW = 16;

const LARGE = { width: 136, height: 102 };
/** A readable size, else one that still tells a histogram from a scatter. */
const SIZES = [LARGE, { width: 64, height: 48 }];
/** Pixels beside a node in which its picture is readable. */
export const PEEK_ROOM = PEEK_GAP + LARGE.width;

export const isReadable = (peek: Peek | undefined): boolean => peek?.width === LARGE.width;
/** Below a node its wires leave; one that has none has the room there, and stays in the column of its chain. */
const BESIDE: readonly PeekSide[] = ["right", "left"];
const ANYWHERE: readonly PeekSide[] = ["below", ...BESIDE];
const CELL = 256;

/** What is taken, found by its place: a graph may have a thousand nodes. */
class Taken {
  private readonly cells = new Map<string, Area[]>();

  add(area: Area): void {
    for (const key of cellsOf(area)) {
      const known = this.cells.get(key);
      if (known) known.push(area);
      else this.cells.set(key, [area]);
    }
  }

  free(area: Area, own: Area): boolean {
    return cellsOf(area).every((key) =>
      (this.cells.get(key) ?? []).every((other) => other === own || !overlap(area, other)),
    );
  }
}

function cellsOf({ x, y, width, height }: Area): string[] {
  const keys: string[] = [];
  for (let column = Math.floor(x / CELL); column * CELL < x + width; column += 1)
    for (let row = Math.floor(y / CELL); row * CELL < y + height; row += 1) keys.push(`${column}/${row}`);
  return keys;
}

const overlap = (a: Area, b: Area): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Where it lies on the canvas. */
export function peekArea(box: Area, { side, width, height }: Peek): Area {
  if (side === "below") return { x: box.x, y: box.y + box.height + PEEK_GAP_BELOW, width, height };
  const x = side === "right" ? box.x + box.width + PEEK_GAP : box.x - PEEK_GAP - width;
  return { x, y: box.y, width, height };
}

/**
 * For each wanted node a free place: large before small, below one that has no wire from it, else on the right
 * before the left. One that has no free place is left out.
 */
export function placePeeks(
  boxes: readonly Box[],
  wanted: readonly string[],
  hasWires: (id: string) => boolean,
): Map<string, Peek> {
  const taken = new Taken();
  for (const box of boxes) taken.add(box);
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const found = new Map<string, Peek>();
  for (const id of wanted) {
    const box = byId.get(id);
    if (!box) continue;
    const sides = hasWires(id) ? BESIDE : ANYWHERE;
    const peek = SIZES.flatMap((size) => sides.map((side): Peek => ({ side, ...size }))).find((one) =>
      taken.free(peekArea(box, one), box),
    );
    if (!peek) continue;
    taken.add(peekArea(box, peek));
    found.set(id, peek);
  }
  return found;
}
