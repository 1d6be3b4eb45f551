import { queryOptions } from "@tanstack/react-query";
import { answerOf, api, csrfToken, freshCsrfToken } from "./client";
import { everyItem } from "./pages";
import { problemFrom, unreachable } from "./problem";
import type { Schemas } from "./types";

export type Service = Schemas["ServiceOut"];
export type ServiceItem = Schemas["ServiceItem"];
export type ServiceColumn = Service["inputs"][number]["columns"][number];
export type ServiceEnd = Service["inputs"][number];
export type ServiceParameter = Service["parameters"][number];
export type ServiceKey = Service["keys"][number];
export type Capture = Schemas["CaptureOut"];
export type Place = Capture["input_places"][number];
export type ServiceProblem = Capture["problems"][number];
/** What is chosen where several places fit, and which problems are mended as offered. */
export type PublishWish = Partial<Schemas["Publish"]>;

/** Every service that this person may see, the newest first. */
export const servicesQuery = () =>
  queryOptions({
    queryKey: ["services"],
    queryFn: ({ signal }) =>
      everyItem((query) => answerOf(api.GET("/api/v1/services", { params: { query }, signal }))),
  });

export const serviceQuery = (id: string) =>
  queryOptions({
    queryKey: ["service", id],
    queryFn: ({ signal }) => answerOf(api.GET("/api/v1/services/{id}", { params: { path: { id } }, signal })),
  });

export const versionQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ["service", id, "version", version],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET("/api/v1/services/{id}/versions/{version}", { params: { path: { id, version } }, signal }),
      ),
  });

/** What would be published from the latest finished run, and what stands in the way. `asOf` changes where the answer may. */
export const captureQuery = (experiment: string, wish: PublishWish, asOf: string) =>
  queryOptions({
    queryKey: ["capture", experiment, wish, asOf],
    queryFn: ({ signal }) =>
      answerOf(
        api.POST("/api/v1/experiments/{id}/services/capture", {
          params: { path: { id: experiment } },
          body: filled(wish),
          signal,
        }),
      ),
    staleTime: 0,
    retry: false,
  });

const filled = ({ name = "", inputs = {}, outputs = {}, mend = [] }: PublishWish) => ({
  name,
  inputs,
  outputs,
  mend,
});

export const publish = (experiment: string, wish: PublishWish) =>
  answerOf(
    api.POST("/api/v1/experiments/{id}/services", {
      params: { path: { id: experiment } },
      body: filled(wish),
    }),
  );

export const publishAgain = (id: string) =>
  answerOf(api.POST("/api/v1/services/{id}/versions", { params: { path: { id } } }));

export const switchVersion = (id: string, version: number) =>
  answerOf(api.POST("/api/v1/services/{id}/switch", { params: { path: { id } }, body: { version } }));

export const changeService = (id: string, change: Schemas["ServicePatch"]) =>
  answerOf(api.PATCH("/api/v1/services/{id}", { params: { path: { id } }, body: change }));

export const deleteService = (id: string) =>
  answerOf(api.DELETE("/api/v1/services/{id}", { params: { path: { id } } }));

export const makeKey = (id: string, wish: Schemas["MakeKey"]) =>
  answerOf(api.POST("/api/v1/services/{id}/keys", { params: { path: { id } }, body: wish }));

export const revokeKey = (id: string, key: string) =>
  answerOf(api.DELETE("/api/v1/services/{id}/keys/{key}", { params: { path: { id, key } } }));

/** Programs that call it, one a language. */
export const snippetsQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ["service", id, "snippets", version],
    queryFn: ({ signal }) =>
      answerOf(api.GET("/api/v1/services/{id}/snippets", { params: { path: { id } }, signal })),
  });

// ---------------------------------------------------------------- calling

/** Cells as an answer writes them; null is missing. */
export type Cell = string | number | boolean | null;

export interface CallTable {
  ColumnNames: string[];
  Values: Cell[][];
}

export interface CallBody {
  Inputs: Record<string, CallTable>;
  GlobalParameters: Record<string, Cell>;
}

export interface AnswerTable extends CallTable {
  ColumnTypes: string[];
}

/** Why a call was refused, in the form of the old service. */
export interface CallRefusal {
  code: string;
  message: string;
  details: { code: string; target: string; message: string }[];
}

export interface CallAnswer {
  status: number;
  milliseconds: number;
  outputs: Record<string, AnswerTable> | null;
  refusal: CallRefusal | null;
  /** What came, as it came. */
  text: string;
}

/** Calls it as its clients do. An answer that is an error is an answer too; a Problem is thrown where none came. */
export async function callService(id: string, body: CallBody): Promise<CallAnswer> {
  const began = performance.now();
  await freshCsrfToken();
  const response = await window
    .fetch(`/api/v1/services/${id}/execute?details=true`, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
      body: JSON.stringify(body),
    })
    .catch(() => {
      throw unreachable();
    });
  const text = await response.text();
  const milliseconds = performance.now() - began;
  const read = parsed(text);
  const answer = { status: response.status, milliseconds, text };
  if (response.ok && read?.Results) {
    const found = Object.entries(read.Results).map(([name, { value }]) => [name, value] as const);
    return { ...answer, outputs: Object.fromEntries(found), refusal: null };
  }
  if (read?.error) return { ...answer, outputs: null, refusal: read.error };
  throw problemFrom(response.status, text);
}

interface Said {
  Results?: Record<string, { type: string; value: AnswerTable }>;
  error?: CallRefusal;
}

function parsed(text: string): Said | null {
  try {
    return JSON.parse(text) as Said;
  } catch {
    return null;
  }
}
