/** Numbers with a rank each; the lowest rank comes out first. */
export class Heap {
  private readonly items: number[] = [];
  private readonly ranks: number[] = [];

  push(item: number, rank: number): void {
    let at = this.items.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if ((this.ranks[above] ?? 0) <= rank) break;
      this.put(at, this.items[above] ?? 0, this.ranks[above] ?? 0);
      at = above;
    }
    this.put(at, item, rank);
  }

  pop(): number | undefined {
    const [first] = this.items;
    const item = this.items.pop();
    const rank = this.ranks.pop() ?? 0;
    const size = this.items.length;
    if (item === undefined || size === 0) return first;
    let at = 0;
    for (let below = 1; below < size; below = 2 * at + 1) {
      if (below + 1 < size && (this.ranks[below + 1] ?? 0) < (this.ranks[below] ?? 0)) below++;
      if ((this.ranks[below] ?? 0) >= rank) break;
      this.put(at, this.items[below] ?? 0, this.ranks[below] ?? 0);
      at = below;
    }
    this.put(at, item, rank);
    return first;
  }

  private put(at: number, item: number, rank: number): void {
    this.items[at] = item;
    this.ranks[at] = rank;
  }
}
