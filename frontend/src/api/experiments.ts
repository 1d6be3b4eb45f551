import { queryOptions } from "@tanstack/react-query";

import { answerOf, api, apiUrl, clientId } from "./client";
import { everyItem } from "./pages";
import type { components } from "./schema.gen";
import { FORMAT, type Experiment, type ExperimentFile } from "./types";

/** The whole list, so that search and order are over all of it. */
export const experimentsQuery = () =>
  queryOptions({
    queryKey: ["experiments"],
    queryFn: ({ signal }) =>
      everyItem((query) => answerOf(api.GET("/api/v1/experiments", { params: { query }, signal }))),
  });

export const experimentQuery = (id: string) =>
  queryOptions({
    queryKey: ["experiment", id],
    queryFn: ({ signal }) => getExperiment(id, signal),
  });

export const getExperiment = (id: string, signal?: AbortSignal) =>
  answerOf(api.GET("/api/v1/experiments/{id}", { params: { path: { id } }, ...(signal && { signal }) }));

/** What the generated type asks for is filled in by the server where a file leaves it out. */
const asBody = (file: ExperimentFile) => file as unknown as components["schemas"]["ExperimentFile"];

export const createExperiment = (file: ExperimentFile) =>
  answerOf(api.POST("/api/v1/experiments", { body: asBody(file) }));

/** Of a file that may be somebody else's: own modules in it wait until they are trusted by name. */
export const importExperiment = (file: ExperimentFile) =>
  answerOf(
    api.POST("/api/v1/experiments", { body: asBody(file), params: { query: { from_elsewhere: true } } }),
  );

/** Throws a 412 Problem with `body.current_revision` when somebody saved in between. */
const saveExperiment = (id: string, revision: number, file: ExperimentFile) =>
  answerOf(
    api.PUT("/api/v1/experiments/{id}", {
      params: { path: { id }, header: { "If-Match": `"${revision}"`, "X-Studio-Client": clientId } },
      body: asBody(file),
    }),
  );

/** A script, a notebook or a graph of classic as an experiment. It is parsed, never executed. */
export const importExperimentFile = (file: File) =>
  answerOf(
    api.POST("/api/v1/experiments/import", {
      body: { file: file as unknown as string },
      bodySerializer: ({ file }) => {
        const form = new FormData();
        form.append("file", file as unknown as File);
        return form;
      },
    }),
  );

export type ScriptForm = "py" | "ipynb";

/** Throws what keeps the experiment from being a script, such as a dataset that is gone. */
export const checkExport = (id: string) =>
  answerOf(api.GET("/api/v1/experiments/{id}/export", { params: { path: { id } }, parseAs: "text" }));

/** Where the browser fetches the experiment as a script or a notebook, with its data in a zip if wanted. */
export const exportAddress = (id: string, form: ScriptForm, withDatasets: boolean) =>
  apiUrl(`/experiments/${encodeURIComponent(id)}/export`, {
    form,
    with_datasets: withDatasets ? "true" : undefined,
  });

export const duplicateExperiment = (id: string) =>
  answerOf(api.POST("/api/v1/experiments/{id}/duplicate", { params: { path: { id } } }));

export async function renameExperiment(id: string, name: string): Promise<Experiment> {
  const now = await getExperiment(id);
  return saveExperiment(id, now.revision, { ...experimentFile(now), name });
}

export const deleteExperiment = (id: string) =>
  answerOf(api.DELETE("/api/v1/experiments/{id}", { params: { path: { id } } }));

/** `id`: the saved experiment, whose runs tell which columns its tables have. */
export const validateExperiment = (id: string | null, file: ExperimentFile, signal?: AbortSignal) =>
  answerOf(
    api.POST("/api/v1/experiments/validate", {
      body: asBody({ ...file, ...(id !== null && { id }) }),
      ...(signal && { signal }),
    }),
  );

/** The file inside an experiment: what the server added is left out, unknown keys stay. */
export function experimentFile(experiment: Experiment): ExperimentFile {
  const { id: _id, revision: _r, created: _c, updated: _u, last_run: _l, sample: _s, ...file } = experiment;
  return file as ExperimentFile;
}

export const emptyExperiment = (name: string): ExperimentFile => ({
  format: FORMAT,
  name,
  description: "",
  nodes: [],
  wires: [],
});
