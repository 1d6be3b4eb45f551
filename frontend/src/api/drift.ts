/**
 * Fails the type check when types.ts no longer fits the server's own document.
 *
 * Ours are narrower (closed sets of words, no optional members that are always sent), so each must be assignable to
 * the generated one. Nothing here exists at run time.
 */
import type { components } from "./schema.gen";
import type * as ours from "./types";

type Server = components["schemas"];
/** Generated objects with free members refuse ours for want of an index signature; compare the named ones. */
type Named<T> = { [K in keyof T as string extends K ? never : K]: T[K] };
type Fits<Ours extends Theirs, Theirs> = [Ours, Theirs];

export type Drift = [
  Fits<ours.Artifact, Omit<Server["ArtifactOut"], "created">>,
  Fits<ours.ColumnSummary, Server["ColumnSummary"]>,
  Fits<ours.Dataset, Server["DatasetOut"]>,
  Fits<ours.ExperimentItem, Server["ExperimentItem"]>,
  Fits<ours.LastRun, Server["LastRun"]>,
  Fits<Omit<ours.Sample, "nodes" | "wires">, Omit<Server["SampleOut"], "nodes" | "wires">>,
  Fits<ours.GraphProblem, Server["Problem"]>,
  Fits<ours.OutputEntry, Partial<Named<Server["OutputOut"]>>>,
  Fits<ours.RunHead, Named<Server["RunHead"]>>,
  Fits<ours.Rows, Server["Rows"]>,
  Fits<ours.Status, Server["ServerStatus"]>,
];
