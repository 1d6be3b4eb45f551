import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { groupLook, moduleLook } from "./moduleLook";

/** Every module by slug with its category, from the reference that the catalog makes. */
const MODULES = readFileSync("../docs/modules.md", "utf8")
  .split(/^## /m)
  .slice(1)
  .flatMap((part) => {
    const category = part.split("\n", 1)[0] ?? "";
    return [...part.matchAll(/^### .*\n\n`([a-z0-9-]+)`$/gm)].map(([, slug]) => ({
      slug: slug ?? "",
      category,
    }));
  });

const look = (slug: string, category: string) => moduleLook(slug, { category, reference: null });

it("gives no two modules the same glyph, unless it is that of their group", () => {
  expect(MODULES.length).toBeGreaterThan(15);
  const own = MODULES.filter(({ slug, category }) => look(slug, category).Icon !== groupLook(category).Icon);
  expect(own.length).toBeGreaterThan(15);
  expect(new Set(own.map(({ slug, category }) => look(slug, category).Icon)).size).toBe(own.length);
  const groups = new Set(MODULES.map(({ category }) => category).filter((name) => name.includes(": ")));
  expect(new Set([...groups].map((category) => groupLook(category).Icon)).size).toBe(groups.size);
});

it("tints every category", () => {
  const untinted = MODULES.filter(({ slug, category }) => look(slug, category).group === "other");
  expect(untinted).toEqual([]);
  expect(moduleLook("constructor").group).toBe("other");
});
