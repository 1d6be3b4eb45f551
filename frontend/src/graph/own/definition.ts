/** Own modules of an experiment file: a node of one stands for a graph with ports and params of its own. */

import type { ModuleSpec, ParamSpec, PortSpec } from "../../api/types";
import type { Catalog, ExperimentFile, GraphNode, Marked } from "../types";

/** How the module of such a node begins; the rest is the key of its definition in the file. */
export const OWN = "own/";

export interface OwnInput extends PortSpec {
  /** The inner inputs that it leads to, each `node.port`. */
  to: string[];
}

export interface OwnOutput extends PortSpec {
  /** The inner output that it shows. */
  from: string;
}

export interface OwnParam extends ParamSpec {
  /** The inner node, and its param that this one sets. */
  node: string;
  param: string;
}

export interface Definition extends Marked {
  name: string;
  help?: string;
  icon?: string;
  group?: string;
  /** Of one that was saved to the palette: which it is there, and the version. It is not edited in place. */
  slug?: string;
  version?: number;
  /** Of one that was changed here since: the version that it was. */
  based_on?: number;
  /** It came with a file from elsewhere: its code does not run until somebody trusts it. */
  untrusted?: boolean;
  inputs: OwnInput[];
  outputs: OwnOutput[];
  params: OwnParam[];
}

export type Definitions = Record<string, Definition>;

export const GROUP = "Own modules";

const NONE: Definitions = {};

/** Those that a file carries. */
export function definitionsOf(file: Marked): Definitions {
  const { modules } = file as Partial<ExperimentFile>;
  return typeof modules === "object" && modules !== null ? (modules as Definitions) : NONE;
}

export const keyOf = (module: string): string | null =>
  module.startsWith(OWN) ? module.slice(OWN.length) : null;

/** What a node of an own module stands for; undefined of others, and where the file does not carry it. */
export function definitionOf(file: Marked, node: GraphNode): Definition | undefined {
  const key = keyOf(node.module);
  const definitions = definitionsOf(file);
  return key !== null && Object.hasOwn(definitions, key) ? definitions[key] : undefined;
}

const portOf = ({ name, label, type, optional, like, shows }: PortSpec): PortSpec => ({
  name,
  label,
  type,
  optional: optional ?? false,
  ...(like !== undefined && { like }),
  ...(shows !== undefined && { shows }),
});

/** As the palette, the canvas and the form want it. */
export function specOf(key: string, own: Definition): ModuleSpec & { icon?: string } {
  const [summary = ""] = (own.help ?? "").split("\n");
  return {
    slug: OWN + key,
    name: own.name,
    category: own.group || GROUP,
    summary,
    docs: own.help ?? "",
    inputs: (own.inputs ?? []).map(portOf),
    outputs: (own.outputs ?? []).map(portOf),
    params: own.params ?? [],
    version: own.version ?? 0,
    synonyms: [],
    unavailable: null,
    not_yet: "",
    fits: null,
    foretells: false,
    has_line: false,
    network: "",
    reference: null,
    ...(own.icon && { icon: own.icon }),
  };
}

/** The catalog with the own modules of a file. */
export const withOwn = <C extends Catalog>(catalog: C, definitions: Definitions): C => {
  const specs = new Map(
    Object.entries(definitions).map(([key, own]) => [OWN + key, specOf(key, own)] as const),
  );
  return specs.size === 0
    ? catalog
    : { ...catalog, module: (slug: string) => specs.get(slug) ?? catalog.module(slug) };
};
