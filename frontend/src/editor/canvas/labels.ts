/** What is written beside wires: each where it covers no other, as near to the middle of its wire as can be. */

interface Label {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Written {
  wish: Label;
  at: Label;
}

/** Steps up and down that are tried; beyond, a label would belong to no wire. */
const STEPS = [0, 1, -1, 2, -2, 3, -3, 4, -4];
const BETWEEN = 2;

export class Labels {
  private readonly written = new Map<string, Written>();

  /** How far down (or up, below 0) the label of a wire has to go from the wire's middle. */
  shift(wire: string, wish: Label): number {
    const was = this.written.get(wire);
    if (was && sameLabel(was.wish, wish)) return was.at.y - wish.y;
    this.written.delete(wire);
    const others = [...this.written.values()];
    const places = STEPS.map((step) => ({ ...wish, y: wish.y + step * (wish.height + BETWEEN) }));
    const at = places.find((place) => others.every((other) => !covers(place, other.at))) ?? wish;
    this.written.set(wire, { wish, at });
    return at.y - wish.y;
  }

  forget(wire: string): void {
    this.written.delete(wire);
  }
}

const sameLabel = (a: Label, b: Label): boolean =>
  a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;

const covers = (a: Label, b: Label): boolean =>
  Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2;
