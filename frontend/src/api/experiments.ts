import { queryOptions } from "@tanstack/react-query";
import { clientId, request } from "./client";
import { everyItem } from "./pages";
import { FORMAT } from "../graph/types";
import type { Experiment, ExperimentFile, ExperimentItem, GraphProblem, Page } from "./types";

/** The whole list, so that search and order are over all of it. */
export const experimentsQuery = () =>
  queryOptions({
    queryKey: ["experiments"],
    queryFn: ({ signal }) =>
      everyItem((page) => request<Page<ExperimentItem>>("GET", "/experiments", { query: page, signal })),
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

export async function renameExperiment(id: string, name: string): Promise<Experiment> {
  const now = await request<Experiment>("GET", `/experiments/${id}`);
  return saveExperiment(id, now.revision, { ...experimentFile(now), name });
}

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
  format: FORMAT,
  name,
  description: "",
  nodes: [],
  wires: [],
});
