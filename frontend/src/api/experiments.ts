import { queryOptions } from "@tanstack/react-query";
import { clientId, request } from "./client";
import type { Experiment, ExperimentFile, ExperimentItem, GraphProblem, Page } from "./types";

/** The server gives at most so many items a call. */
const MOST = 200;

export const experimentsQuery = ({ limit = MOST, offset = 0 }: { limit?: number; offset?: number } = {}) =>
  queryOptions({
    queryKey: ["experiments", { limit, offset }],
    queryFn: ({ signal }) =>
      request<Page<ExperimentItem>>("GET", "/experiments", { query: { limit, offset }, signal }),
  });

export const experimentQuery = (id: string) =>
  queryOptions({
    queryKey: ["experiment", id],
    queryFn: ({ signal }) => request<Experiment>("GET", `/experiments/${id}`, { signal }),
  });

export const createExperiment = (file: ExperimentFile) =>
  request<Experiment>("POST", "/experiments", { body: file });

/** Throws a 412 Problem with `body.current_revision` when somebody saved in between. */
export const saveExperiment = (id: string, revision: number, file: ExperimentFile) =>
  request<Experiment>("PUT", `/experiments/${id}`, {
    body: file,
    headers: { "If-Match": `"${revision}"`, "X-Studio-Client": clientId },
  });

export const duplicateExperiment = (id: string) =>
  request<Experiment>("POST", `/experiments/${id}/duplicate`);

export const deleteExperiment = (id: string) => request<undefined>("DELETE", `/experiments/${id}`);

export const validateExperiment = (file: ExperimentFile, signal?: AbortSignal) =>
  request<{ errors: GraphProblem[] }>("POST", "/experiments/validate", {
    body: file,
    ...(signal ? { signal } : {}),
  });

/** The file inside an experiment: what the server added is left out, unknown keys stay. */
export function experimentFile(experiment: Experiment): ExperimentFile {
  const { id: _id, revision: _rev, created: _c, updated: _u, last_run: _l, ...file } = experiment;
  return file as ExperimentFile;
}

export const emptyExperiment = (name: string): ExperimentFile => ({
  format: "studio-experiment/1",
  name,
  description: "",
  nodes: [],
  wires: [],
});
