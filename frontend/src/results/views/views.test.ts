import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

it("draws every type of the API by a file of its name", () => {
  const { components } = JSON.parse(readFileSync("../studio/openapi.json", "utf8"));
  const types: string[] = components.schemas.PortSpec.properties.type.enum;
  expect(types).toContain("table");
  expect(types.filter((type) => !existsSync(`src/results/views/${type}.tsx`))).toEqual([]);
});
