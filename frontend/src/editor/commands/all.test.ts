import { describe, expect, it } from "vitest";
import { commands } from "./all";
import { labelOf } from "./command";

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
