import { describe, expect, it } from "vitest";
import { copyText, paste, readText } from "./clipboard";
import { moveNodes } from "./edits";
import {
  boxAround,
  collapse,
  contentsOf,
  expand,
  hiddenBy,
  moveMarks,
  removeMarks,
  wellFormed,
  withContents,
} from "./marks";
import { FORMAT, type ExperimentFile, type Frame } from "./types";

const node = (id: string, x: number, y: number) => ({ id, module: "m", params: {}, position: { x, y } });
const frame: Frame = {
  id: "frame1",
  title: "Prepare",
  color: "blue",
  position: { x: 0, y: 0 },
  size: { width: 400, height: 300 },
};
const file: ExperimentFile = {
  format: FORMAT,
  name: "Test",
  nodes: [node("n1", 40, 60), node("n2", 40, 180), node("n3", 600, 60)],
  wires: [
    { from: "n1.out", to: "n2.in" },
    { from: "n2.out", to: "n3.in" },
  ],
  notes: [
    { id: "note1", text: "Mind the gap", color: "yellow", position: { x: 280, y: 60 }, size: { width: 100, height: 60 } },
  ],
  frames: [frame],
}; // prettier-ignore

describe("a frame", () => {
  it("holds what has its middle in it", () =>
    expect(contentsOf(file, frame).sort()).toEqual(["n1", "n2", "note1"]));

  it("moves what is in it, once", () => {
    const places = withContents(file, new Map([["frame1", { x: 100, y: 10 }]]));
    const moved = moveMarks(moveNodes(file, places), places);
    expect(moved.nodes.map((one) => one.position)).toEqual([
      { x: 140, y: 70 },
      { x: 140, y: 190 },
      { x: 600, y: 60 },
    ]);
    expect(moved.notes?.[0]?.position).toEqual({ x: 380, y: 70 });
    const both = withContents(file, new Map([["frame1", { x: 10, y: 0 }], ["n1", { x: 50, y: 60 }]])); // prettier-ignore
    expect(both.get("n1")).toEqual({ x: 50, y: 60 });
  });

  it("hides what is in it while collapsed, and takes it along", () => {
    const closed = collapse(file, frame);
    const [box] = closed.frames ?? [];
    expect([...hiddenBy(closed)].sort()).toEqual([
      ["n1", "frame1"],
      ["n2", "frame1"],
      ["note1", "frame1"],
    ]);
    // What is put where it lay open is not in it.
    const beside = moveNodes(closed, new Map([["n3", { x: 40, y: 60 }]]));
    expect(box && contentsOf(beside, box)).not.toContain("n3");
    expect(expand(closed, "frame1").frames).toEqual([frame]);
  });

  it("goes around what is framed, with room for its title", () => {
    const box = boxAround(file, new Set(["n1", "n2"]));
    expect(box && contentsOf(file, { ...frame, ...box })).toEqual(expect.arrayContaining(["n1", "n2"]));
    expect(boxAround(file, new Set())).toBeNull();
  });

  it("leaves what was in it when it is taken away", () => {
    const left = removeMarks(file, new Set(["frame1"]));
    expect(left.frames).toEqual([]);
    expect(left.nodes).toHaveLength(3);
  });
});

describe("notes and frames", () => {
  it("are copied under fresh ids, a collapsed frame with what it holds", () => {
    const closed = collapse(file, frame);
    const piece = readText(copyText(closed, new Set(["n1", "n2", "note1", "frame1"])))?.file;
    const pasted = paste(closed, piece ?? file, { x: 1000, y: 0 });
    expect(pasted.marks).toEqual(["note2", "frame2"]);
    expect(pasted.graph.frames?.[1]?.collapsed?.sort()).toEqual(["n4", "n5", "note2"]);
    expect(pasted.graph.wires).toContainEqual({ from: "n4.out", to: "n5.in" });
  });

  it("are left out where a hand-written file has them wrong", () => {
    const odd = {
      notes: [
        { id: "x" },
        { id: "y", position: { x: 0, y: 0 }, size: { width: 1, height: 1 }, color: "pink" },
      ],
      frames: "none",
    };
    expect(wellFormed(odd).notes).toMatchObject([{ id: "y", text: "", color: "yellow" }]);
    expect(wellFormed(odd).frames).toBeUndefined();
  });
});
