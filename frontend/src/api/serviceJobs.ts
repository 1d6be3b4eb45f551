import { queryOptions } from "@tanstack/react-query";
import { csrfToken, freshCsrfToken } from "./client";
import { Problem, problemFrom, unreachable } from "./problem";
import type { CallRefusal, Cell } from "./services";
import type { RunState } from "./types";

/** What a finished job left on an output; `rows` is null where it is no table. */
export interface JobOutput {
  artifact: string;
  type: string;
  rows: number | null;
  url: string;
}

export interface ServiceJob {
  id: string;
  state: RunState;
  version: number;
  created: string;
  finished: string | null;
  /** From 0 to 1; null if it ended before its end. */
  progress: number | null;
  outputs?: Record<string, JobOutput>;
  error?: CallRefusal;
}

export interface JobBody {
  Inputs: Record<string, { dataset: string }>;
  GlobalParameters: Record<string, Cell>;
}

const UNDER_WAY: RunState[] = ["queued", "running"];
const OFTEN_MS = 1000;
const SELDOM_MS = 10_000;

export const isUnderWay = ({ state }: ServiceJob): boolean => UNDER_WAY.includes(state);

/** The latest jobs of a service, newest first; asked anew while the page shows them. */
export const jobsQuery = (id: string) =>
  queryOptions({
    queryKey: ["service", id, "jobs"],
    queryFn: async ({ signal }) =>
      (await asked<{ items: ServiceJob[] }>(`/api/v1/services/${id}/jobs`, { signal })).items,
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? OFTEN_MS : SELDOM_MS),
    staleTime: 0,
  });

export const sendJob = (id: string, body: JobBody) =>
  changed<ServiceJob>(`/api/v1/services/${id}/jobs`, "POST", JSON.stringify(body));

export const cancelJob = (id: string, job: string) =>
  changed<ServiceJob>(`/api/v1/services/${id}/jobs/${job}`, "DELETE");

/** Where the browser fetches what a job left. */
export const jobOutputUrl = (id: string, job: string, output: string, format: string) =>
  `/api/v1/services/${id}/jobs/${job}/outputs/${encodeURIComponent(output)}?format=${format}`;

async function changed<T>(address: string, method: string, body?: string): Promise<T> {
  await freshCsrfToken();
  const headers = { "Content-Type": "application/json", "X-CSRFToken": csrfToken() };
  return asked<T>(address, body === undefined ? { method, headers } : { method, headers, body });
}

/** These addresses answer as the old service did: an error has a code, a message and details. */
async function asked<T>(address: string, how: RequestInit): Promise<T> {
  const response = await window
    .fetch(address, { credentials: "same-origin", ...how })
    .catch((error: unknown) => {
      throw error instanceof DOMException && error.name === "AbortError" ? error : unreachable();
    });
  const text = await response.text();
  if (response.ok) return JSON.parse(text) as T;
  const refusal = refusalIn(text);
  if (!refusal) throw problemFrom(response.status, text);
  throw new Problem(response.status, { title: "The job was refused", detail: refusal.message });
}

function refusalIn(text: string): CallRefusal | undefined {
  try {
    return (JSON.parse(text) as { error?: CallRefusal }).error;
  } catch {
    return undefined;
  }
}
