import { describe, expect, it } from "vitest";
import type { Catalog, ExperimentFile } from "../types";
import type { Definition } from "./definition";
import { codeIn, trusting, waitingIn } from "./trust";

const own = (name: string, untrusted?: boolean) =>
  ({
    name,
    nodes: [
      { id: "a", module: "sql", name: "Sum up", params: { sql: "select 1" } },
      { id: "b", module: "split", params: { fraction: 0.5 } },
      { id: "c", module: "sql", params: { sql: " " } },
    ],
    wires: [],
    inputs: [],
    outputs: [],
    params: [],
    ...(untrusted && { untrusted }),
  }) as unknown as Definition;

const file = { nodes: [], wires: [], modules: { b: own("Beta", true), a: own("Alpha", true), c: own("C") } };
const catalog = {
  module: (slug: string) =>
    slug === "sql" ? { name: "SQL", params: [{ name: "sql", label: "Query", type: "code" }] } : undefined,
} as unknown as Catalog;

describe("own modules from elsewhere", () => {
  it("wait until they are trusted, each by itself", () => {
    const whole = file as unknown as ExperimentFile;
    expect(waitingIn(whole).map(({ own }) => own.name)).toEqual(["Alpha", "Beta"]);
    const after = trusting(whole, new Set(["b", "gone"]));
    expect(waitingIn(after).map(({ key }) => key)).toEqual(["a"]);
    expect(waitingIn(whole)).toHaveLength(2);
  });

  it("show their code", () => {
    expect(codeIn(own("A"), catalog)).toEqual([{ node: "Sum up", label: "Query", text: "select 1" }]);
  });
});
