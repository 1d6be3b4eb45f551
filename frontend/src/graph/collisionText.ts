/** A collision of two people's edits in words. */

import type { Collision } from "./merge";
import { endOf, findNode, nodeName } from "./read";
import type { Catalog, ExperimentFile } from "./types";
import { valueText } from "./valueText";

export interface CollisionWords {
  /** "Fraction of Split Data" */
  what: string;
  mine: string;
  theirs: string;
  /** Two scripts or other long texts, to be compared line by line. */
  texts?: { mine: string; theirs: string };
}

/** Beyond so many characters two texts are compared line by line. */
const SHORT = 40;

export function collisionWords(
  { list, item, key, mine, theirs }: Collision,
  files: readonly ExperimentFile[],
  catalog: Catalog,
): CollisionWords {
  const side = (value: unknown) =>
    key === null ? (value === undefined ? "deleted" : "changed") : valueText(value);
  const isLong = (value: unknown) =>
    typeof value === "string" && (value.includes("\n") || value.length > SHORT);
  /** A script that one side set back is the module's own. */
  const beside = (isScript = false, usual?: unknown): Omit<CollisionWords, "what"> =>
    key !== null && (isScript || isLong(mine) || isLong(theirs))
      ? {
          mine: "edited",
          theirs: "edited another way",
          texts: { mine: textOf(mine ?? usual), theirs: textOf(theirs ?? usual) },
        }
      : { mine: side(mine), theirs: side(theirs) };
  const nodeOf = (id: string) => files.map((file) => findNode(file, id)).find((found) => found !== undefined);
  if (list === null) return { what: `The experiment’s ${key ?? "content"}`, ...beside() };
  if (list === "wires") {
    const { node, port } = endOf(item ?? "");
    const found = nodeOf(node);
    const module = found && catalog.module(found.module);
    const label = module?.inputs.find(({ name }) => name === port)?.label ?? port;
    const from = (wire: unknown) => {
      const source = nodeOf(endOf((wire as { from?: string } | undefined)?.from ?? "").node);
      return source ? `from ${nodeName(catalog, source)}` : "no wire";
    };
    const what = `The wire to ${label} of ${found ? nodeName(catalog, found) : node}`;
    return { what, mine: from(mine), theirs: from(theirs) };
  }
  if (list !== "nodes") return { what: `A ${list.replace(/s$/, "")}${key ? `’s ${key}` : ""}`, ...beside() };
  const found = nodeOf(item ?? "");
  const name = found ? nodeName(catalog, found) : (item ?? "A node");
  if (key === null) return { what: name, ...beside() };
  const param = found && catalog.module(found.module)?.params.find((one) => one.name === key);
  return { what: `${param?.label ?? key} of ${name}`, ...beside(param?.type === "code", param?.default) };
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
