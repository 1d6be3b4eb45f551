/** An experiment as plain data: what the file, the API and the canvas agree on. */

import { FORMAT, type GraphProblem, type ModuleSpec } from "../api/types";

export { FORMAT };
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
  /** What a person calls it; without one it goes by its module's name. */
  name?: string;
  /** What it wishes for instead of the usual limits: bytes, seconds. */
  limits?: Record<string, number>;
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

export interface Size {
  width: number;
  height: number;
}

export const COLORS = ["yellow", "blue", "green", "violet", "red", "gray"] as const;
export type Color = (typeof COLORS)[number];

/** Text beside the nodes. */
export interface Note {
  id: string;
  text: string;
  color: Color;
  position: Position;
  size: Size;
  [unknown: string]: unknown;
}

/** A titled rectangle; what lies in it moves with it. */
export interface Frame {
  id: string;
  title: string;
  color: Color;
  position: Position;
  size: Size;
  /** While it is drawn as one box: the nodes, notes and frames in it. */
  collapsed?: string[];
  [unknown: string]: unknown;
}

/** A graph with what is written beside it. Notes and frames have no part in a run. */
export interface Marked extends Graph {
  notes?: Note[];
  frames?: Frame[];
}

export interface ExperimentFile extends Marked {
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
  /** Something that is still to come, as at a node just added: not wrong before a run is asked for. */
  isOpen?: boolean;
}
