/** What a node asks for of the world outside, itself or by what is inside of it. */

import type { Catalog, GraphNode, Marked, ModuleSpec } from "./types";
import { definitionOf } from "./own/definition";

export interface Asked {
  /** Hosts that are known; with none, and `network`, it reaches hosts that only its run tells. */
  hosts: string[];
  network: boolean;
  secrets: string[];
}

const DEEPEST = 8;

/** Of a node of an own module: what all that is inside asks for, with the params that are set outside. */
export function askedBy(file: Marked, catalog: Catalog, node: GraphNode, depth = 0): Asked {
  const own = depth < DEEPEST ? definitionOf(file, node) : undefined;
  if (!own) return askedOf(node, catalog.module(node.module));
  const all = own.nodes.map((inner) => {
    const set = own.params.filter((one) => one.node === inner.id && one.name in node.params);
    const params = {
      ...inner.params,
      ...Object.fromEntries(set.map((one) => [one.param, node.params[one.name]])),
    };
    return askedBy(file, catalog, { ...inner, params }, depth + 1);
  });
  return {
    hosts: [...new Set(all.flatMap(({ hosts }) => hosts))],
    network: all.some(({ network }) => network),
    secrets: [...new Set(all.flatMap(({ secrets }) => secrets))],
  };
}

const words = (value: unknown): string[] =>
  typeof value === "string" ? value.split(/[\s,]+/).filter(Boolean) : [];

function askedOf(node: GraphNode, module: ModuleSpec | undefined): Asked {
  const named = module?.network;
  const hosts = named && named !== "always" ? words(node.params[named]) : [];
  const kinds = (module?.params ?? []).filter(({ type }) => type === "secret");
  return {
    hosts,
    network: named === "always" || hosts.length > 0,
    secrets: [...new Set(kinds.flatMap(({ name }) => words(node.params[name])))],
  };
}

/** Says that a node reaches the network, and if they are known, which hosts; empty if it does not. */
export const networkText = ({ hosts, network }: Asked): string =>
  !network ? "" : hosts.length > 0 ? `Reaches the network: ${hosts.join(", ")}` : "Reaches the network";

/** Says which secrets a node is given; empty if none. */
export const secretText = ({ secrets }: Asked): string =>
  secrets.length === 0
    ? ""
    : `Is given the ${secrets.length === 1 ? "secret" : "secrets"} ${secrets.join(", ")}`;
