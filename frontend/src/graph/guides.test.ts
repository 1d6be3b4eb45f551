import { describe, expect, it } from "vitest";
import { snap } from "./guides";

const other = { id: "b", x: 100, y: 0, width: 200, height: 50 };

describe("dragging near a neighbor", () => {
  it("lines up the nearest edges or middles, and says where", () => {
    const { by, guides } = snap({ x: 104, y: 200, width: 200, height: 50 }, [other], 6);
    expect(by).toEqual({ x: -4, y: 0 });
    expect(guides).toEqual([{ axis: "x", at: 100, from: 0, to: 250 }]);
    expect(snap({ x: 148, y: 200, width: 100, height: 50 }, [other], 6).by.x).toBe(2);
  });
  it("leaves alone what is out of reach", () => {
    expect(snap({ x: 110, y: 200, width: 200, height: 50 }, [other], 6)).toEqual({
      by: { x: 0, y: 0 },
      guides: [],
    });
    expect(snap({ x: 0, y: 0, width: 1, height: 1 }, [], 6).guides).toEqual([]);
  });
});
