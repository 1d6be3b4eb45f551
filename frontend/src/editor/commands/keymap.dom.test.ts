import { beforeEach, describe, expect, it } from "vitest";
import { commands } from "./all";
import type { Command } from "./command";
import { bind, holderOf, keysOf, resetAllKeys, resetKeys, unbind, useKeymap } from "./keymap";
import { keysFrom, sameKeys, whyNotBindable } from "./keys";

const find = (id: string): Command => commands.find((one) => one.id === id) as Command;
const press = (key: string, ctrlKey = false, shiftKey = false) => ({
  key,
  ctrlKey,
  shiftKey,
  altKey: false,
  metaKey: false,
});

beforeEach(resetAllKeys);

describe("keys of one's own", () => {
  it("can be given to every command", () => {
    expect(commands.length).toBeGreaterThanOrEqual(60);
    for (const command of commands) {
      bind(command, "Ctrl+Alt+J", commands);
      expect(keysOf(command)).toEqual(["Ctrl+Alt+J"]);
    }
  });
  it("are taken from the command that had them, and go back by a reset", () => {
    bind(find("fit"), "Ctrl+D", commands);
    expect(keysOf(find("duplicate"))).toEqual([]);
    expect(holderOf("Ctrl+D", commands)?.id).toBe("fit");
    resetKeys(find("duplicate"), commands);
    expect(keysOf(find("duplicate"))).toEqual(["Ctrl+D"]);
    expect(keysOf(find("fit"))).toEqual([]);
    resetAllKeys();
    expect(keysOf(find("fit"))).toEqual(["1"]);
  });
  it("can be none", () => {
    unbind(find("undo"));
    expect(keysOf(find("undo"))).toEqual([]);
    expect(JSON.parse(localStorage.getItem("studio.keys") ?? "{}")).toMatchObject({
      state: { custom: { undo: [] } },
    });
    expect(useKeymap.getState().custom).toEqual({ undo: [] });
  });
  it("are read from what is pressed", () => {
    expect(keysFrom(press("z", true, true))).toBe("Ctrl+Shift+Z");
    expect(keysFrom(press("?", false, true))).toBe("?");
    expect(keysFrom(press("Control", true))).toBeNull();
    expect(keysFrom(press(" "))).toBe("Space");
    expect(sameKeys("Ctrl+Shift+Z", "Shift+Ctrl+z")).toBe(true);
  });
  it("are none that the browser keeps", () => {
    expect(whyNotBindable("Ctrl+W")).toContain("browser");
    expect(whyNotBindable("ArrowUp")).toContain("canvas");
    expect(whyNotBindable("Ctrl+J")).toBeNull();
  });
});
