import { describe, expect, it } from "vitest";
import { placePeeks } from "./peeks";

const box = (id: string, x: number, y: number) => ({ id, x, y, width: 220, height: 50 });

const wired = () => true;
const ends = () => false;

describe("the place of a picture beside its node", () => {
  it("is below a node that has no wire from it, else on the right", () => {
    const size = { width: 136, height: 102 };
    expect(placePeeks([box("a", 0, 0)], ["a"], ends).get("a")).toEqual({ side: "below", ...size });
    expect(placePeeks([box("a", 0, 0)], ["a"], wired).get("a")).toEqual({ side: "right", ...size });
  });

  it("is beside the node where another one stands below or on the right", () => {
    const row = [box("a", 0, 0), box("b", 250, 0)];
    expect(placePeeks(row, ["a"], wired).get("a")?.side).toBe("left");
    expect(placePeeks([box("a", 0, 0), box("b", 0, 100)], ["a"], ends).get("a")?.side).toBe("right");
  });

  it("is small where there is little room, and nowhere where there is none", () => {
    const tight = [box("a", 0, 0), box("b", 300, 0), box("c", -240, 0), box("d", 0, 60)];
    expect(placePeeks(tight, ["a"], ends).get("a")).toEqual({ side: "right", width: 64, height: 48 });
    expect(placePeeks([...tight, box("e", 230, 40)], ["a"], ends).has("a")).toBe(false);
  });

  it("covers no other picture", () => {
    const close = placePeeks([box("a", 0, 0), box("b", 0, 60)], ["a", "b"], wired);
    expect([close.get("a")?.side, close.get("b")?.side]).toEqual(["right", "left"]);
  });

  it("looks at few others, however many nodes there are", () => {
    expect(looksAt(1000)).toBeLessThan(2.5 * looksAt(500));
  });
});

/** How often the place of a box is asked for, among so many nodes in rows of forty. */
function looksAt(nodes: number): number {
  let looks = 0;
  const many = Array.from({ length: nodes }, (_, n) => ({
    ...box(`n${n}`, 0, Math.floor(n / 40) * 130),
    get x() {
      looks += 1;
      return (n % 40) * 250;
    },
  }));
  const ids = many.map(({ id }) => id);
  expect(placePeeks(many, ids, wired).size).toBeGreaterThan(0);
  return looks;
}
