/** An experiment as plain data: what the file, the API and the canvas agree on. */

import type {
  GraphProblem,
  ModuleSpec,
  Named,
  NodeFile,
  QuickFix,
  Repair,
  Schemas,
  Wire,
} from "../api/types";

export { FORMAT } from "../api/types";
export type { ModuleSpec, ParamSpec, PortSpec, PortType, Wire } from "../api/types";

export type Position = Schemas["Position"];

/** A module placed in an experiment. Members that Studio does not know are kept. */
export interface GraphNode extends Named<NodeFile> {
  params: Record<string, unknown>;
  position: Position;
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
  /** Of what is inside of a node of an own module: how the ids of all its nodes begin. */
  idPrefix?: string;
}

export interface ExperimentFile extends Marked, Omit<Named<Schemas["ExperimentFile"]>, keyof Graph> {
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
  /** Something that keeps nothing from running. */
  isWarning?: boolean;
}

/** What will probably go wrong, and what would mend it, if that is known. */
export interface Warning extends Problem {
  isWarning: true;
  repair?: Repair | null;
  fix?: QuickFix | null;
}
