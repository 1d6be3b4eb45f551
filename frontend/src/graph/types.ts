/** An experiment as plain data: what the file, the API and the canvas agree on. */

import type { ExperimentFile, GraphNode, GraphProblem, ModuleSpec, Wire } from "../api/types";

export type {
  ExperimentFile,
  GraphNode,
  ModuleSpec,
  ParamSpec,
  PortSpec,
  PortType,
  Wire,
} from "../api/types";

export type Position = GraphNode["position"];

export const FORMAT: ExperimentFile["format"] = "studio-experiment/1";

export interface Graph {
  nodes: GraphNode[];
  wires: Wire[];
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
