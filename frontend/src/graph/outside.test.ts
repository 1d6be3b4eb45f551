import { describe, expect, it } from "vitest";
import { networkText } from "./outside";
import type { GraphNode, ModuleSpec } from "./types";

const node = (params: Record<string, unknown>) => ({ params }) as unknown as GraphNode;
const module = (network: string | null) => ({ network }) as unknown as ModuleSpec;

describe("networkText", () => {
  it("names the hosts that a script asks for", () => {
    expect(networkText(node({ network: " a.example:443 " }), module("network"))).toBe(
      "Reaches the network: a.example:443",
    );
    expect(networkText(node({ network: "  " }), module("network"))).toBe("");
    expect(networkText(node({}), module("network"))).toBe("");
  });
  it("is said of modules that always have it, and of no others", () => {
    expect(networkText(node({}), module("always"))).toBe("Reaches the network");
    expect(networkText(node({}), module(null))).toBe("");
    expect(networkText(node({}), undefined)).toBe("");
  });
});
