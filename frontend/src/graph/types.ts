/** An experiment as plain data: what the file, the API and the canvas agree on. */

import type { GraphProblem, ModuleSpec } from "../api/types";

export type { ModuleSpec, ParamSpec, PortSpec, PortType } from "../api/types";

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
  nodes: GraphNode[];
  wires: Wire[];
}

export const FORMAT = "studio-experiment/1";

export interface ExperimentFile extends Graph {
  format: typeof FORMAT;
  name: string;
  description?: string;
  [unknown: string]: unknown;
}

/** One end of a wire. */
export interface End {
  node: string;
  port: string;
}

/** What is known beside the graph: the modules, and what kind of value a dataset is. */
export interface Catalog {
  module(slug: string): ModuleSpec | undefined;
  /** The port type of a dataset named in a param, where the library has it. */
  datasetKind(reference: unknown): string | undefined;
}

/** Something wrong before a run, anchored to a node. */
export interface Problem extends GraphProblem {
  node: string;
}
