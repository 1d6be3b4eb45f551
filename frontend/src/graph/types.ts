/** An experiment as plain data: what the file, the API and the canvas agree on. */

export interface Position {
  x: number;
  y: number;
}

/** A module placed in an experiment. Keys that Studio does not know are kept. */
export interface GraphNode {
  id: string;
  module: string;
  params: Record<string, unknown>;
  position: Position;
  comment?: string;
  [unknown: string]: unknown;
}

/** A connection, each end written as `node.port`. */
export interface Wire {
  from: string;
  to: string;
  [unknown: string]: unknown;
}

export interface Graph {
  nodes: readonly GraphNode[];
  wires: readonly Wire[];
}

export const FORMAT = "studio-experiment/1";

export interface ExperimentFile extends Graph {
  format: string;
  name: string;
  description?: string;
  [unknown: string]: unknown;
}

/** One end of a wire. */
export interface End {
  node: string;
  port: string;
}

export interface PortSpec {
  name: string;
  label: string;
  type: string;
  optional?: boolean;
}

export interface ParamSpec {
  name: string;
  label: string;
  type: string;
  default?: unknown;
  required: boolean;
  help?: string;
  choices?: { value: string; label: string }[] | null;
  min?: number | null;
  max?: number | null;
  shown_when?: Record<string, unknown[]> | null;
  language?: string | null;
  multiline?: boolean | null;
  placeholder?: string | null;
  of?: string | null;
  single?: boolean | null;
}

/** A kind of step in the palette. */
export interface ModuleSpec {
  slug: string;
  name: string;
  category: string;
  summary: string;
  docs: string;
  inputs: PortSpec[];
  outputs: PortSpec[];
  params: ParamSpec[];
  synonyms?: string[];
  unavailable?: string | null;
}

/** What is known beside the graph: the modules, and what kind of value a dataset is. */
export interface Catalog {
  module(slug: string): ModuleSpec | undefined;
  /** The port type of a dataset named in a param, where the library has it. */
  datasetKind(reference: unknown): string | undefined;
}

/** Something wrong before a run, anchored to a node. */
export interface Problem {
  node: string;
  port?: string | null;
  param?: string | null;
  line?: number | null;
  code: string;
  message: string;
}
