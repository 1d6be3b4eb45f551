import { describe, expect, it } from "vitest";
import { commands } from "./all";
import { menuOf } from "../canvas/menus";
import type { MenuTarget } from "../window/overlays";
import { blankState, useEditor } from "../store/store";
import { labelOf, whyNot } from "./command";

describe("the commands", () => {
  it("are sixty or more, each with an id and words of its own", () => {
    expect(commands.length).toBeGreaterThanOrEqual(60);
    expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
    const labels = commands.map(labelOf);
    expect(labels.filter((label, place) => labels.indexOf(label) !== place)).toEqual([]);
  });

  it("have a usual key each at most once", () => {
    const keys = commands.flatMap((command) => command.keys ?? []);
    expect(keys.filter((key, place) => keys.indexOf(key) !== place)).toEqual([]);
  });
});

describe("what cannot be done now", () => {
  it("says what it waits for, each command its own", () => {
    const silent = commands.filter((one) => one.enabled && one.needs === undefined);
    expect(silent.map(({ id }) => id)).toEqual([]);
    const reasons = new Map(commands.map((one) => [one.id, whyNot(one)]));
    expect(reasons.get("redo")).toBe("Nothing was undone");
    expect(reasons.get("cancel")).toBe("Nothing runs");
    expect(reasons.get("delete")).toBe("Select something first");
    expect(reasons.get("distribute-x")).toBe("Select three nodes or more");
    expect([...reasons.values()].filter((reason) => reason === "Not now")).toEqual([]);
  });
  it("says that an earlier run is shown, where that is the reason", () => {
    useEditor.setState({
      viewedRun: {
        id: "r",
        number: 1,
        name: "",
        description: "",
        root: { nodes: [], wires: [] },
        graph: { nodes: [], wires: [] },
        left: { looked: null, port: null },
      },
    });
    const waiting = commands.filter(({ id }) => ["undo", "paste", "tidy", "run"].includes(id)).map(whyNot);
    expect(waiting).toEqual(Array(4).fill("An earlier run is shown: go back to the draft first"));
    useEditor.setState({ viewedRun: null });
  });
});

describe("the menus", () => {
  const file = {
    ...blankState().draft,
    nodes: [{ id: "n1", module: "split", params: {}, position: { x: 0, y: 0 } }],
  };
  const targets: MenuTarget[] = [
    { kind: "node", id: "n1" },
    { kind: "mark", id: "note1" },
    { kind: "canvas", at: { x: 0, y: 0 } },
    { kind: "port", side: "output", end: { node: "n1", port: "out" } },
  ];
  it.each(targets)("have twelve entries at most: $kind", (target) => {
    useEditor.setState({ draft: file, selection: { ...blankState().selection, nodes: new Set(["n1"]) } });
    const entries = menuOf(target).flat();
    expect(entries.length).toBeLessThanOrEqual(12);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
  });
});
