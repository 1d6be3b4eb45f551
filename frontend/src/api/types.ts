/** What the server sends, in the words of docs and contract. Times are ISO 8601 UTC. */

export type PortType = "table" | "bundle" | "device" | "model" | "transform";
export type RunState = "queued" | "running" | "finished" | "failed" | "cancelled" | "skipped";
export type ColumnType =
  | "integer" | "float" | "string" | "boolean" | "datetime" | "timedelta" | "categorical" | "binary"; // prettier-ignore

export type Page<T> = { items: T[]; total: number };

// ---------------------------------------------------------------- modules

export interface PortSpec {
  name: string;
  label: string;
  type: PortType;
  optional: boolean;
  help?: string;
  /** Of an output: the input whose columns it passes on. */
  like?: string | null;
}

export type ParamType = "number" | "integer" | "text" | "toggle" | "choice" | "columns" | "code" | "dataset";

export interface ParamSpec {
  name: string;
  label: string;
  type: ParamType;
  default: unknown;
  required: boolean;
  choices?: { value: string; label: string }[] | null;
  min?: number | null;
  max?: number | null;
  help?: string | null;
  /** Drawn only while each named param has one of these values. */
  shown_when?: Record<string, unknown[]> | null;
  language?: string | null;
  multiline?: boolean | null;
  placeholder?: string | null;
  /** columns: the input port whose columns may be chosen. */
  of?: string | null;
  /** columns: exactly one may be chosen. */
  single?: boolean | null;
  /** What it stands for that Studio cannot do yet; shown only at nodes that have it set. */
  not_yet?: string;
  sweep?: number[] | null; // of a number that may be a text of several (`0.1; 0.2`): those tried by default
}

export interface ModuleSpec {
  slug: string;
  name: string;
  category: string;
  summary: string;
  docs: string;
  inputs: PortSpec[];
  outputs: PortSpec[];
  params: ParamSpec[];
  /** Why the module cannot run on this server, or null. */
  unavailable: string | null;
  not_yet?: string;
  version?: number;
  synonyms: string[];
}

// ---------------------------------------------------------------- experiments

/** A module placed in an experiment. Keys that Studio does not know are kept. */
export interface GraphNode {
  id: string;
  module: string;
  params: Record<string, unknown>;
  position: { x: number; y: number };
  comment?: string;
  [unknown: string]: unknown;
}

/** A connection, each end written as `node.port`. */
export interface Wire {
  from: string;
  to: string;
  [unknown: string]: unknown;
}

export const FORMAT = "studio-experiment/1";

export interface ExperimentFile {
  format: typeof FORMAT;
  name: string;
  description?: string;
  nodes: GraphNode[];
  wires: Wire[];
  [unknown: string]: unknown;
}

export interface LastRun {
  id: string;
  number: number;
  state: RunState;
  finished: string | null;
}

export interface Experiment extends ExperimentFile {
  id: string;
  revision: number;
  created: string;
  updated: string;
  sample?: boolean;
  last_run: LastRun | null;
}

export interface ExperimentItem {
  id: string;
  name: string;
  description: string;
  revision: number;
  created: string;
  updated: string;
  /** How many. */
  nodes: number;
  /** Its path, as in `Sales/2024`; empty where it lies in none. */
  folder: string;
  tags: string[];
  last_run: LastRun | null;
  sample: boolean;
}

/** An experiment to learn from, with its graph; `yours` is this person's copy, once it was opened. */
export interface Sample {
  slug: string;
  name: string;
  description: string;
  nodes: GraphNode[];
  wires: Wire[];
  yours: { id: string; changed: boolean; last_run: LastRun | null } | null;
}

/** Something wrong before a run, anchored to the graph. */
export interface GraphProblem {
  node: string | null;
  port?: string | null;
  param?: string | null;
  line?: number | null;
  code: string;
  message: string;
}

// ---------------------------------------------------------------- runs

export interface OutputEntry {
  artifact: string;
  type: PortType;
  rows?: number | null;
  /** How many. */
  columns?: number | null;
  /** How many. */
  pictures?: number | null;
  bytes?: number | null;
}

/** What lies on a port since the run of this number. */
export interface LeftOutput extends OutputEntry {
  run: number;
}

export interface NodeFailure {
  type: string;
  message: string;
  line: number | null;
  column?: number | null;
  param: string | null;
}

/** What a node printed; `seq` is the number of the last chunk in it. */
export interface NodeLog {
  seq: number;
  parts: { stream: "stdout" | "stderr" | "trace"; text: string; skipped: number }[];
}

export interface NodeRun {
  state: RunState;
  cached: boolean;
  /** Why it ran, or did not, in a sentence. */
  reason: string;
  /** The node in which the change lies that made it run again. */
  because?: string | null;
  /** Seconds that the cache saved. */
  saved?: number;
  /** The most memory it held, its inputs included. */
  peak_bytes?: number | null;
  started: string | null;
  finished: string | null;
  error: NodeFailure | null;
  outputs: Record<string, OutputEntry>;
  /** From 0 to 1, what its script says while it runs. */
  progress?: number | null;
  /** Seconds, by what they were spent on. */
  timings?: Record<string, number>;
  /** Of a node that stands for a dataset: what it took, by the name it had then. */
  dataset?: { name: string; version: number } | null;
}

/** `orders` `1` → `2`; where no values are known, `what` is a whole phrase: `another version of the module`. */
export interface Apart {
  what: string;
  before: string | null;
  after: string | null;
}

export interface RunHead {
  id: string;
  experiment: string;
  /** 1, 2, 3 … within its experiment. */
  number: number;
  /** Kept as a version under this name; empty for an ordinary run. */
  name: string;
  state: RunState;
  created: string;
  started: string | null;
  finished: string | null;
  seq: number;
  /** The nodes it was asked to run to; null where it was all. */
  until: string[] | null;
  /** Nothing was taken from the cache. */
  force: boolean;
  /** How many nodes are in each state. */
  counts: Partial<Record<RunState, number>>;
  /** How many of the finished ones came from the cache. */
  cached: number;
  /** Seconds that the cache saved. */
  saved: number;
}

/** A run in a list. */
export type RunItem = RunHead;

export interface Run extends RunHead {
  graph: { nodes: GraphNode[]; wires: Wire[]; [unknown: string]: unknown };
  nodes: Record<string, NodeRun>;
  problems?: GraphProblem[];
}

// ---------------------------------------------------------------- artifacts

/** A run in the list of all experiments' runs. */
export interface RunOfAll extends RunItem {
  experiment_name: string;
  /** Of one that waits: from 1, among all that wait on this server. */
  place?: number | null;
}

export interface Column {
  name: string;
  type: ColumnType;
  note?: string | null;
}

export interface Picture {
  name: string;
  media_type: string;
  bytes: number;
}

export interface Artifact {
  id: string;
  type: PortType;
  bytes: number;
  rows?: number | null;
  columns?: Column[] | null;
  pictures?: Picture[] | null;
  text?: string | null;
  entries?: { name: string; bytes: number }[] | null;
  files?: number | null;
  class_name?: string | null;
}

export type FilterOp = "eq" | "ne" | "lt" | "le" | "gt" | "ge" | "contains" | "in" | "missing" | "present";

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

export interface Rows {
  columns: Column[];
  rows: unknown[][];
  total: number;
  /** The columns of dates in which no value of the table has a time. */
  days?: string[] | null;
}

export interface ColumnSummary {
  name: string;
  type: ColumnType;
  /** Values present. */
  count: number;
  missing: number;
  unique: number;
  mean?: number | null;
  median?: number | null;
  min?: number | string | null;
  max?: number | string | null;
  std?: number | null;
  quantiles?: { share: number; value: number | string }[] | null;
  histogram?: { edges: number[]; counts: number[] } | null;
  top?: { value: unknown; count: number }[] | null;
  /** Of categories that have one. */
  order?: unknown[] | null;
  /** No date has a time. */
  days?: boolean | null;
}

export interface Summary {
  columns: ColumnSummary[];
}

// ---------------------------------------------------------------- datasets

export type DatasetType =
  | "csv" | "csv-no-header" | "tsv" | "tsv-no-header" | "arff" | "svmlight"
  | "xlsx" | "parquet" | "arrow" | "jsonl" | "json" | "rdata" | "zip" | "text"; // prettier-ignore

/** The node run whose output a dataset was saved from, and the datasets that it stands on. */
export interface Lineage {
  experiment: string;
  /** Null once it is deleted. */
  experiment_name: string | null;
  run: string;
  number: number;
  node: string;
  node_name: string;
  /** `id` is null once it is deleted. */
  inputs: { id: string | null; dataset: string; version: number }[];
}

export interface Dataset {
  id: string;
  name: string;
  version: number;
  type: DatasetType;
  kind: "table" | "bundle";
  state: "importing" | "ready" | "failed";
  progress?: number | null;
  error?: { message?: string; line?: number | null; column?: string | number | null } | null;
  rows: number | null;
  columns: Column[] | null;
  column_count?: number | null;
  bytes: number;
  sha256: string;
  created: string;
  updated: string;
  description: string;
  artifact: string | null;
  latest: boolean;
  folder: string;
  tags: string[];
  sample: boolean;
  /** How many experiments name it. */
  used_by: number;
  lineage?: Lineage | null; // null where it was uploaded
  /** Rows of the file that broke a rule: how many, and the dataset that holds them while it is kept. */
  rejected?: { rows: number; dataset: string | null } | null;
}

/** What a node gets that wishes for nothing, and the most it may have. */
export interface Bounds {
  usual: Record<string, number>;
  most: Record<string, number>;
}

export interface Status {
  version: string;
  /** How many have reported; `held`: all of them are paused or drained. */
  workers: number;
  held: boolean;
  /** What a node may use: bytes, seconds, numbers. Null until a worker is up. */
  limits: Bounds | null;
  sandbox: { tier: "namespaces" | "landlock" | "off" | "none" | "unknown"; detail: string };
  owner: { name: string };
}
