import { describe, expect, it } from "vitest";
import { commands } from "./all";
import { isTyping, keysText, matches } from "./keys";

const press = (
  key: string,
  held: Partial<Record<"ctrlKey" | "shiftKey" | "altKey" | "metaKey", boolean>> = {},
) => ({
  key,
  ctrlKey: false,
  shiftKey: false,
  altKey: false,
  metaKey: false,
  ...held,
});

describe("shortcuts", () => {
  it("are the key with exactly what is held", () => {
    expect(matches("Ctrl+Z", press("z", { ctrlKey: true }))).toBe(true);
    expect(matches("Ctrl+Z", press("Z", { ctrlKey: true, shiftKey: true }))).toBe(false);
    expect(matches("Ctrl+Shift+Z", press("Z", { ctrlKey: true, shiftKey: true }))).toBe(true);
    expect(matches("C", press("c", { ctrlKey: true }))).toBe(false);
  });
  it("take a sign as a sign, with Shift or without", () => {
    expect(matches("?", press("?", { shiftKey: true }))).toBe(true);
    expect(matches("/", press("/", { shiftKey: true }))).toBe(true);
    expect(matches("+", press("+"))).toBe(true);
  });
  it("are written as people know them", () => {
    expect(keysText("Ctrl+Shift+Z")).toBe("Ctrl+Shift+Z");
    expect(keysText("Delete")).toBe("Del");
    expect(keysText("+")).toBe("+");
  });
  it("stay out of what is being typed", () => {
    const field = document.createElement("input");
    expect(isTyping(field)).toBe(true);
    expect(isTyping(document.body)).toBe(false);
  });
  it("mean one thing each, and every command has a name of its own", () => {
    const keys = commands.flatMap((command) => command.keys ?? []);
    expect(keys.length).toBe(new Set(keys).size);
    expect(commands.length).toBe(new Set(commands.map((command) => command.id)).size);
  });
});
