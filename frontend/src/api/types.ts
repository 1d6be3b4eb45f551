/** What the server sends, by the names that the page uses: all of it from the server's own OpenAPI document. */

import type { components } from "./schema.gen";

export type Schemas = components["schemas"];

/** The members that are named, without "and any other". */
export type Named<T> = { [K in keyof T as string extends K ? never : K]: T[K] };

export type Page<T> = { items: T[]; total: number };

// ---------------------------------------------------------------- modules

export type ModuleSpec = Schemas["ModuleOut"];
export type ModuleHelp = Schemas["ModuleHelp"];
export type ExampleTable = Schemas["ExampleTable"];
export type BrokenModule = Schemas["BrokenOut"];
export type PortSpec = Schemas["PortSpec"];
export type ParamSpec = Schemas["ParamSpec"];
/** The type of a value that travels on wires. */
export type PortType = PortSpec["type"];
export type ColumnType = Column["type"];

// ---------------------------------------------------------------- experiments

export const FORMAT: Schemas["ExperimentFile"]["format"] = "studio-experiment/1";

/** A module placed in an experiment, as it stands in a file. Members that Studio does not know are kept. */
export type NodeFile = Schemas["NodeFile"];
export type Wire = Schemas["WireFile"];
export type ExperimentFile = Schemas["ExperimentFile"];
export type Experiment = Schemas["ExperimentOut"];
export type ExperimentItem = Schemas["ExperimentItem"];
export type Sample = Schemas["SampleOut"];
/** Something wrong before a run, anchored to the graph. */
export type GraphProblem = Schemas["Problem"];
export type Repair = Schemas["Repair"];
export type QuickFix = Schemas["QuickFix"];

// ---------------------------------------------------------------- runs

export type RunState = Schemas["NodeEntry"]["state"];
export type OutputEntry = Schemas["OutputOut"];
export type NodeFailure = Schemas["FailureOut"];
export type ScriptShape = Schemas["ScriptShape"];
export type ErrorFrame = Schemas["ErrorFrame"];
export type ShownValue = Schemas["ShownValue"];
export type LineValue = Schemas["LineValue"];
export type LineChange = Schemas["LineChange"];
/** What came of a node that was tried on a few rows. */
export type Tried = Schemas["TriedOut"];
export type QueryStep = Schemas["QueryStep"];
export type OutputShown = Schemas["OutputShown"];
export type NodeRun = Schemas["NodeEntry"];
export type Apart = Schemas["ApartOut"];
export type RunHead = Schemas["RunHead"];
export type RunOfAll = Schemas["RunOfAll"];
export type Run = Schemas["RunOut"];

// ---------------------------------------------------------------- artifacts

export type Column = Schemas["ColumnOut"];
export type KnownColumn = Schemas["KnownColumn"];
export type Picture = Schemas["PictureOut"];
export type Artifact = Schemas["ArtifactOut"];
export type Rows = Schemas["Rows"];
export type ColumnSummary = Schemas["ColumnSummary"];
export type Summary = Schemas["Summary"];

export type FilterOp = "eq" | "ne" | "lt" | "le" | "gt" | "ge" | "contains" | "in" | "missing" | "present";

/** One condition of the `filter` of rows, which travels as JSON. */
export interface RowFilter {
  column: string;
  op: FilterOp;
  value?: unknown;
}

/** The column that rows are ordered by. */
export interface RowOrder {
  column: string;
  descending: boolean;
}

/** Which rows of a table are asked for, and how much of them. */
export interface RowsQuery {
  offset: number;
  limit: number;
  sort?: RowOrder;
  filter?: RowFilter[];
  /** A text that a row must hold somewhere. */
  search?: string;
  first_column?: number;
  columns?: number;
  /** Characters of a text that are told. */
  longest?: number;
  /** One row, with long texts uncut. */
  whole?: boolean;
}

// ---------------------------------------------------------------- datasets

export type Dataset = Schemas["DatasetOut"];
export type DatasetType = Dataset["type"];
export type Lineage = Schemas["Lineage"];

// ---------------------------------------------------------------- server

export type Bounds = Schemas["LimitBounds"];
export type Status = Schemas["ServerStatus"];
