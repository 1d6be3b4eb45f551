/** Where things lie on the canvas, found by region: a grid of squares, each with the boxes that touch it. */

export interface Box {
  readonly id: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export type Region = Omit<Box, "id">;

const SQUARE = 320;

const overlaps = (a: Region, b: Region): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const same = (a: Box, b: Box): boolean =>
  a.left === b.left && a.top === b.top && a.right === b.right && a.bottom === b.bottom;

export class Boxes {
  private readonly byId: ReadonlyMap<string, Box>;
  private readonly squares = new Map<string, Box[]>();

  /** Boxes that are as they were in `before` stay the same objects, so that what was worked out from them holds. */
  constructor(boxes: Iterable<Box> = [], before?: Boxes) {
    const byId = new Map<string, Box>();
    for (const box of boxes) {
      const was = before?.get(box.id);
      const kept = was && same(was, box) ? was : box;
      byId.set(box.id, kept);
      eachSquare(kept, (key) => {
        const there = this.squares.get(key);
        if (there) there.push(kept);
        else this.squares.set(key, [kept]);
      });
    }
    this.byId = byId;
  }

  get(id: string): Box | undefined {
    return this.byId.get(id);
  }

  /** Whether these are the same boxes at the same places. */
  equals(other: Boxes): boolean {
    if (this.byId.size !== other.byId.size) return false;
    for (const [id, box] of this.byId) if (other.byId.get(id) !== box) return false;
    return true;
  }

  /** Each box that reaches into the region, once, always in the same order. */
  within(region: Region): Box[] {
    const found = new Set<Box>();
    eachSquare(region, (key) => {
      for (const box of this.squares.get(key) ?? []) if (overlaps(box, region)) found.add(box);
    });
    return [...found];
  }
}

function eachSquare({ left, top, right, bottom }: Region, visit: (key: string) => void): void {
  for (let x = Math.floor(left / SQUARE); x <= Math.floor(right / SQUARE); x++) {
    for (let y = Math.floor(top / SQUARE); y <= Math.floor(bottom / SQUARE); y++) visit(`${x} ${y}`);
  }
}
