import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const STYLES = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".css") && !path.endsWith("tokens.css"))
  .map((path) => `src/${path}`);

test("texts have one of four sizes and one of two weights", () => {
  const strange = STYLES.flatMap((path) =>
    [...readFileSync(path, "utf8").matchAll(/font-(?:size|weight): ([^;]+);/g)]
      .filter(([, value]) => !/^(var\(--(text|weight)-[a-z]+\)|inherit)$/.test(value ?? ""))
      .map(([line]) => `${path}: ${line}`),
  );
  expect(STYLES.length).toBeGreaterThan(50);
  expect(strange).toEqual([]);
});
