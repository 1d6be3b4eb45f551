/** What a node asks for of the world outside. */

import type { GraphNode, ModuleSpec } from "./types";

/** Says that a node reaches the network, and where it is known, which hosts; empty if it does not. */
export function networkText(node: GraphNode, module: ModuleSpec | undefined): string {
  const asked = module?.network;
  if (!asked) return "";
  if (asked === "always") return "Reaches the network";
  const hosts = node.params[asked];
  return typeof hosts === "string" && hosts.trim() ? `Reaches the network: ${hosts.trim()}` : "";
}
